// The graph as a picture that stands alone: an SVG with its styles in it, or a PNG of that.
import {s} from './dom.js';

const STYLES = ['fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'opacity', 'font-size', 'font-weight', 'font-family', 'paint-order', 'text-anchor'];

/** The drawing with all styles written into it, on the page's ground. */
export function standalone(svg) {
  const copy = svg.cloneNode(true);
  const from = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((el, i) => {
    const style = getComputedStyle(from[i]);
    for (const name of STYLES) {
      el.setAttribute(name, plain(style.getPropertyValue(name)));
    }
    ['class', 'style', 'tabindex', 'role'].forEach(name => el.removeAttribute(name));
  });
  copy.querySelectorAll('[data-hit]').forEach(el => el.remove());
  const [, , width, height] = svg.getAttribute('viewBox').split(' ');
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.prepend(s('rect', {width, height, fill: plain(getComputedStyle(document.body).backgroundColor)}));
  return new XMLSerializer().serializeToString(copy);
}

/** Colours that every viewer of pictures knows. */
function plain(value) {
  return value.replace(/color\(srgb ([\d.e-]+) ([\d.e-]+) ([\d.e-]+)[^)]*\)/g, (_, ...rgb) =>
    `rgb(${rgb.slice(0, 3).map(x => Math.round(255 * Number(x))).join(', ')})`);
}

function save(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** Hands out the picture as a file. */
export function saveSvg(svg, name) {
  save(new Blob([standalone(svg)], {type: 'image/svg+xml'}), name + '.svg');
}

/** The same in dots, two for each of the page's. */
export async function savePng(svg, name) {
  const image = new Image();
  image.src = 'data:image/svg+xml;charset=utf-8,' + encodeURIComponent(standalone(svg));
  await image.decode();
  const canvas = document.createElement('canvas');
  const scale = Math.min(2, 16_000 / Math.max(image.width, image.height));
  canvas.width = Math.ceil(image.width * scale);
  canvas.height = Math.ceil(image.height * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob(blob => save(blob, name + '.png'), 'image/png');
}
