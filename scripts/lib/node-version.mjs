const oldest = [20, 19];

/** Ends the process with a plain message when Node is too old. Only old syntax here. */
export function requireNode() {
  const parts = process.versions.node.split('.').map(Number);
  const isEnough = parts[0] > oldest[0] || (parts[0] === oldest[0] && parts[1] >= oldest[1]);
  if (isEnough) return;
  console.error(
    'Waterstrider needs Node ' +
      oldest.join('.') +
      ' or newer; this is Node ' +
      process.versions.node +
      '. ' +
      'Install a newer one from https://nodejs.org and start again.',
  );
  process.exit(1);
}
