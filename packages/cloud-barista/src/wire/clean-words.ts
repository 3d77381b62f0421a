// Control characters, line separators and bidirectional overrides can hide or forge what a person reads.
const hidden = /[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/gu;

/** Words of a stranger, fit to be shown: line breaks stay, control characters go, at most `max` characters. */
export function cleanWords(text: string, max = 2000): string {
  const visible = text
    .slice(0, max * 4)
    .replace(/\r\n?/g, '\n')
    .replace(hidden, (character) => (character === '\n' ? '\n' : ' '))
    .trim();
  return visible.length > max ? `${visible.slice(0, max - 1).trimEnd()}…` : visible;
}

export const looksLikeHtml = (contentType: string, text: string): boolean =>
  /\bhtml\b/i.test(contentType) || /^\s*<(!doctype|html|head|body|[a-z]+[\s>])/i.test(text.slice(0, 200));

/** A short line of what came instead of JSON: no markup, no control characters. */
export function excerptOf(text: string): string {
  const line = text
    .slice(0, 8000)
    .replace(/<(script|style)\b[\s\S]*?(<\/\1\s*>|$)/gi, ' ')
    .replace(/<[^>]*(>|$)/g, ' ')
    .replace(/[<>]/g, ' ');
  return cleanWords(cleanWords(line, 2000).replace(/\s+/g, ' '), 160);
}
