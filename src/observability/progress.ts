/** How long a command runs before it says how far it is, and how often it says so then, in milliseconds. */
const interval = 1000;

/**
 * Tells on standard error how far a long command is: on one line that is written over on a terminal, on a line
 * for every tenth elsewhere. A short command says nothing.
 */
export function showProgress(done: string): { show(share: number): void; end(): void } {
  const { stderr } = process;
  let next = Date.now() + interval;
  let tenth = 0;
  let shown = false;
  return {
    show(share) {
      const isOver = share >= 1 && !shown;
      if (isOver || Date.now() < next) return;
      next = Date.now() + interval;
      const text = `${Math.floor(share * 100)} % ${done}`;
      if (stderr.isTTY) stderr.write(`\r${text}`);
      else if (Math.floor(share * 10) > tenth) stderr.write(`${text}\n`);
      tenth = Math.floor(share * 10);
      shown = true;
    },
    end() {
      if (shown && stderr.isTTY) stderr.write('\n');
    },
  };
}
