import { onTestFinished } from 'vitest';
import { limits } from '../../src/rendering/limits.ts';

/** Lowers the CPU time for rendering one text, because waiting for the real limit would take most of a test's time. */
export function lowerCpuLimit(): void {
  const { cpuMs } = limits;
  limits.cpuMs = 300;
  onTestFinished(() => {
    limits.cpuMs = cpuMs;
  });
}
