import { number } from './statistics.ts';

/** A row of the printed table. */
export interface Row {
  what: string;
  /** The target, if any. */
  goal?: { least: number } | { most: number };
  value: number;
  unit: string;
  digits: number;
  /** The absolute figures, in words. */
  figures: string;
}

/** Whether a row reaches its target; undefined without a target. */
export function isReached({ goal, value }: Row): boolean | undefined {
  if (!goal) return undefined;
  return 'least' in goal ? value >= goal.least : value <= goal.most;
}

/** The rows as one Markdown table. */
export function formatTable(rows: Row[]): string {
  const lines = rows.map((row) => `| ${row.what} | ${formatGoal(row)} | ${isReached(row) === false ? '**missed:** ' : ''}${withUnit(number(row.value, row.digits), row)} | ${row.figures} |`);
  return ['| what | to reach | measured | figures |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function formatGoal(row: Row): string {
  if (!row.goal) return 'reported';
  const [sign, value] = 'least' in row.goal ? ['≥', row.goal.least] : ['≤', row.goal.most];
  return `${sign} ${withUnit(value.toLocaleString('en'), row)}`;
}

function withUnit(value: string, { unit }: Row): string {
  return unit === '' ? value : `${value} ${unit}`;
}
