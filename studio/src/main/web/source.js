// The learner's own program, with the line of this step lit.
import {h} from './dom.js';

/** The file of a step, or null where no source was recorded. */
export function source(recording, place) {
  const files = Object.keys(recording.sources);
  const file = place?.file && recording.sources[place.file] ? place.file : files[0];
  if (!file) {
    return null;
  }
  const lines = recording.sources[file].split('\n');
  return h('div', {class: 'source'},
    h('div', {class: 'soft'}, file),
    h('pre', {tabindex: 0, 'aria-label': file},
      lines.map((line, i) => {
        const now = place?.file === file && place.line === i + 1;
        return h('div', {class: now ? 'line now' : 'line', 'data-now': now}, h('span', {class: 'n'}, String(i + 1)), line || ' ');
      })));
}
