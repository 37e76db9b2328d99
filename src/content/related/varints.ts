const maxBytes = 5;

/** Encodes whole numbers below 2 ** 32 as unsigned LEB128 (DWARF 5, section 7.6): seven bits in each byte, the lowest first. */
export function encodeVarints(numbers: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(numbers.length * maxBytes);
  let at = 0;
  for (let index = 0; index < numbers.length; index += 1) {
    let rest = numbers[index] ?? 0;
    for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
    bytes[at++] = rest;
  }
  return bytes.slice(0, at);
}

export function decodeVarints(bytes: Uint8Array): Uint32Array {
  const numbers = new Uint32Array(bytes.length);
  let [length, number, shift] = [0, 0, 0];
  for (const byte of bytes) {
    number |= (byte & 127) << shift;
    shift += 7;
    if (byte > 127) continue;
    numbers[length++] = number;
    [number, shift] = [0, 0];
  }
  return numbers.subarray(0, length);
}
