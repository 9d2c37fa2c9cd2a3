// A profile for people: a table as perf prints it, stacks one a line for other tools, and a flame graph as a picture of its own.

import type { Profiler } from './profiler.ts';

const MOST_ROWS = 40;

/** Functions by samples of their own: share, share with what they called, samples, image, name. */
export function profileTable(profiler: Profiler, mostRows: number = MOST_ROWS): string {
  const { samples } = profiler;
  const share = (part: number): string => `${((100 * part) / Math.max(1, samples)).toFixed(2)}%`.padStart(8);
  const functions = profiler.functions();
  const shown = functions.filter(({ self }) => self > 0).slice(0, mostRows);
  const width = Math.max(5, ...shown.map(({ image }) => shortName(image).length));
  const lines = [
    `# ${samples} samples in ${functions.length} functions`,
    `#   Self    Total  Samples  ${'Image'.padEnd(width)}  Function`,
    ...shown.map(
      ({ self, total, image, name }) =>
        `${share(self)} ${share(total)} ${String(self).padStart(8)}  ${shortName(image).padEnd(width)}  ${name}`,
    ),
  ];
  return `${lines.join('\n')}\n`;
}

const shortName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** `outer;…;inner count` a line, as flame-graph tools and speedscope read them. */
export function collapsedStacks(profiler: Profiler): string {
  const lines = profiler.stacks().map(({ frames, samples }) => `${frames.join(';')} ${samples}\n`);
  return lines.sort().join('');
}

interface Frame {
  readonly name: string;
  samples: number;
  readonly children: Map<string, Frame>;
}

const WIDTH = 1200;
const ROW = 17;
const MARGIN = 10;
const TITLE = 30;
const CHARACTER = 6.6;
/** Narrower frames, in pixels, are left out. */
const NARROWEST = 0.3;

/** A picture of all stacks as one SVG file without scripts: the width of a frame is its share, a tooltip says it in words. */
export function flameGraph(profiler: Profiler, title: string): string {
  const root: Frame = { name: 'all', samples: 0, children: new Map() };
  let deepest = 0;
  for (const { frames, samples } of profiler.stacks()) {
    root.samples += samples;
    deepest = Math.max(deepest, frames.length);
    let frame = root;
    for (const name of frames) {
      let child = frame.children.get(name);
      if (child === undefined) {
        child = { name, samples: 0, children: new Map() };
        frame.children.set(name, child);
      }
      child.samples += samples;
      frame = child;
    }
  }
  const height = TITLE + (deepest + 1) * ROW + MARGIN;
  const perSample = (WIDTH - 2 * MARGIN) / Math.max(1, root.samples);
  const boxes: string[] = [];
  const draw = (frame: Frame, x: number, depth: number): void => {
    const width = frame.samples * perSample;
    if (width < NARROWEST) return;
    const y = height - MARGIN - (depth + 1) * ROW;
    const fits = Math.floor((width - 6) / CHARACTER);
    const label = frame.name.length <= fits ? frame.name : fits > 3 ? `${frame.name.slice(0, fits - 1)}…` : '';
    const percent = ((100 * frame.samples) / root.samples).toFixed(2);
    boxes.push(
      `<g><title>${escapeText(frame.name)}: ${frame.samples} samples, ${percent}%</title>` +
        `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" rx="2" fill="${colourOf(frame.name)}"/>` +
        `<text x="${(x + 3).toFixed(1)}" y="${y + 12}">${escapeText(label)}</text></g>`,
    );
    let at = x;
    for (const child of [...frame.children.values()].sort((one, other) => (one.name < other.name ? -1 : 1))) {
      draw(child, at, depth + 1);
      at += child.samples * perSample;
    }
  };
  if (root.samples > 0) draw(root, MARGIN, 0);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">`,
    '<style>text{font:11px monospace;fill:#222}rect{stroke:#fff;stroke-width:.5}g:hover rect{stroke:#222}</style>',
    '<rect width="100%" height="100%" fill="#fdfdf6"/>',
    `<text x="${MARGIN}" y="20">${escapeText(title)}: ${root.samples} samples</text>`,
    ...boxes,
    '</svg>\n',
  ].join('\n');
}

/** The same name always has the same warm colour. */
function colourOf(name: string): string {
  let hash = 0;
  for (let i = 0; i < name.length; i++) hash = (Math.imul(hash, 31) + name.charCodeAt(i)) >>> 0;
  return `hsl(${hash % 50} ${60 + ((hash >>> 8) % 30)}% ${62 + ((hash >>> 16) % 14)}%)`;
}

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
