// A classic script, loaded before the first paint: the page never flashes in the wrong theme or language, and the CSP needs no inline script.
(function () {
  var root = document.documentElement;
  function stored(key) {
    try {
      return localStorage.getItem(key);
    } catch {
      // Storage is blocked: the system's preferences apply.
      return null;
    }
  }
  var scheme = stored('waterstrider.theme');
  var dark = scheme === 'dark' || (scheme !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  root.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
  var language = stored('waterstrider.language') || navigator.language || 'en';
  root.lang = language.slice(0, 2) === 'ko' ? 'ko' : 'en';
})();
