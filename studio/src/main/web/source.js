// The learner's own program, with the line of this step lit.
import {h} from './dom.js';

const EDITORS = {
  none: null,
  'VS Code': (path, line) => `vscode://file/${path.replace(/^\//, '').split('/').map(encodeURIComponent).join('/').replace('%3A', ':')}:${line}`,
  IntelliJ: (path, line) => `idea://open?file=${encodeURIComponent(path)}&line=${line}`,
};

/** What the learner chose; a page that was opened as a file may not be allowed to remember. */
function chosen(name) {
  try {
    if (name) {
      localStorage.setItem('editor', name);
    }
    return localStorage.getItem('editor') ?? 'VS Code';
  } catch {
    return name ?? 'VS Code';
  }
}

/**
 * The file of a step, or null where no source was recorded.
 *
 * @param paths where the files are on this machine; only the page of a running program knows
 */
export function source(recording, place, paths = {}) {
  const files = Object.keys(recording.sources);
  const file = place?.file && recording.sources[place.file] ? place.file : files[0];
  if (!file) {
    return null;
  }
  const line = place?.file === file ? place.line : 1;
  const lines = recording.sources[file].split('\n');
  return h('div', {class: 'source'},
    h('div', {class: 'soft'}, file),
    paths[file] ? opener(paths[file].replaceAll('\\', '/'), line) : null,
    h('pre', {tabindex: 0, 'aria-label': file},
      lines.map((text, i) => {
        const now = place?.file === file && line === i + 1;
        return h('div', {class: now ? 'line now' : 'line', 'data-now': now}, h('span', {class: 'n'}, String(i + 1)), text || ' ');
      })));
}

function opener(path, line) {
  const link = h('a', {class: 'open'}, `open line ${line}`);
  const choice = h('select', {'aria-label': 'editor', onchange: () => point(chosen(choice.value))}, Object.keys(EDITORS).map(name => h('option', {}, name)));
  function point(name) {
    const address = EDITORS[name]?.(path, line);
    address ? link.setAttribute('href', address) : link.removeAttribute('href');
    choice.value = name in EDITORS ? name : 'none';
  }
  point(chosen());
  return h('div', {class: 'soft opener'}, link, ' in ', choice);
}
