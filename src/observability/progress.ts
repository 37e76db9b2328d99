const intervalMs = 1000;

/**
 * Shows the progress of a command on standard error once the command has run for a second: on a terminal, in one line that
 * is overwritten; otherwise, in one line for each 10 %.
 */
export function showProgress(verb: string): { show(share: number): void; end(): void } {
  const { stderr } = process;
  let nextUpdate = Date.now() + intervalMs;
  let lastTenth = 0;
  let isShown = false;
  return {
    show(share) {
      const isShort = share >= 1 && !isShown;
      if (isShort || Date.now() < nextUpdate) return;
      nextUpdate = Date.now() + intervalMs;
      const text = `${Math.floor(share * 100)} % ${verb}`;
      if (stderr.isTTY) stderr.write(`\r${text}`);
      else if (Math.floor(share * 10) > lastTenth) stderr.write(`${text}\n`);
      lastTenth = Math.floor(share * 10);
      isShown = true;
    },
    end() {
      if (isShown && stderr.isTTY) stderr.write('\n');
    },
  };
}
