// Names of points, as many as there is room for: marked ones first, then the first words of the table.
import {s} from './dom.js';

const MOST = 60;
const HEIGHT = 16;
const LONGEST = 42;

export function labels(group, words, at) {
  const pen = document.createElement('canvas').getContext('2d');
  let shown = [];

  const short = text => (text.length > LONGEST ? text.slice(0, LONGEST - 1) + '…' : text);

  function lay(width, height, n, marks, arrows, counts) {
    pen.font = '13px system-ui, sans-serif';
    const taken = [];
    shown = [];
    const used = new Set();
    const put = (row, kind) => {
      if (used.has(row) || !at.there(row)) {
        return;
      }
      used.add(row);
      const x = at.x(row), y = at.y(row);
      if (x < 0 || y < 0 || x > width || y > height) {
        return;
      }
      const text = short(words[row]), wide = pen.measureText(text).width + 6;
      for (const [dx, dy] of kind ? [[9, -4], [-wide - 5, -4], [9, 12], [-wide - 5, 12], [-wide / 2, -12], [-wide / 2, 22]] : [[6, 4], [-wide - 2, 4]]) {
        const left = x + dx, top = y + dy - HEIGHT + 4;
        if (left >= 0 && left + wide <= width && top >= 0 && top + HEIGHT <= height && !taken.some(r => left < r[0] + r[2] && r[0] < left + wide && top < r[1] + HEIGHT && r[1] < top + HEIGHT)) {
          taken.push([left, top, wide]);
          shown.push({row, dx, dy, kind, text});
          return;
        }
      }
    };
    marks.filter(m => m.kind === 'chosen').forEach(m => put(m.row, m.kind));
    arrows.filter(a => a.kind === 'analogy').forEach(a => [a.from, a.to].forEach(row => put(row, 'end')));
    marks.forEach(m => put(m.row, m.kind));
    for (let row = 0, looked = 0; row < n && shown.length < MOST && looked < 4000; row++) {
      if (!counts || counts(row)) {
        const x = at.x(row), y = at.y(row);
        if (x >= 0 && y >= 0 && x <= width && y <= height) {
          looked++;
          put(row, '');
        }
      }
    }
    group.replaceChildren(...shown.map(l => s('text', {class: 'label ' + l.kind, 'data-row': l.row}, l.text)));
    move();
  }

  function move() {
    shown.forEach((l, i) => {
      group.children[i].setAttribute('x', at.x(l.row) + l.dx);
      group.children[i].setAttribute('y', at.y(l.row) + l.dy);
    });
  }

  return {lay, move};
}
