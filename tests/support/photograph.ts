import sharp from 'sharp';

/** A landscape at dusk with hills and a sun, as a JPEG file. Each `seed` gives another one. */
export async function drawPhotograph({ width = 1600, height = 1067, seed = 1 } = {}): Promise<Buffer> {
  const hue = (seed * 67) % 360;
  const hill = (index: number) => {
    const top = height * (0.45 + index * 0.13);
    const points = Array.from({ length: 9 }, (_, step) => `${(step * width) / 8},${top + Math.sin(step * 1.7 + seed + index * 2) * height * 0.06}`);
    return `<polygon points="0,${height} ${points.join(' ')} ${width},${height}" fill="hsl(${hue + index * 14} 28% ${46 - index * 11}%)"/>`;
  };
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="hsl(${hue + 200} 45% 55%)"/><stop offset="1" stop-color="hsl(${hue + 30} 70% 82%)"/></linearGradient>
    <filter id="grain"><feTurbulence type="fractalNoise" baseFrequency="0.035" numOctaves="5" seed="${seed}"/><feColorMatrix values="0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0 0.5  0 0 0 0.5 -0.12"/></filter></defs>
    <rect width="100%" height="100%" fill="url(#sky)"/><circle cx="${width * (0.2 + (seed % 7) / 12)}" cy="${height * 0.3}" r="${height * 0.07}" fill="hsl(40 90% 88%)"/>
    ${[0, 1, 2, 3].map(hill).join('')}<rect width="100%" height="100%" filter="url(#grain)" opacity="0.35"/></svg>`;
  return sharp(Buffer.from(svg)).jpeg({ quality: 90 }).toBuffer();
}
