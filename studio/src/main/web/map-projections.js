// How the many numbers of a word become two.
import {ask, listen} from './live.js';
import {floats} from './map-space.js';
import {umap} from './map-umap.js';

export const PROJECTIONS = {
  pca: ['PCA', 'Principal axes: the directions in which the words differ most. Straight, so that directions stay directions.'],
  tsne: ['t-SNE', 'Neighbours stay neighbours. How far apart groups are, and how large, means little.'],
  umap: ['UMAP', 'Neighbours stay neighbours, and groups of groups a little too. Distances mean little.'],
  axes: ['two axes', 'Axes of your own: how far each word lies along the step from one word to another.'],
  raw: ['two columns', 'Two of the numbers as they are.'],
};

const pairs = (x, y) => Float32Array.from({length: 2 * x.length}, (_, i) => (i % 2 ? y : x)[i >> 1]);

/** Draws the map by what ctx says. */
export function projector(ctx, {show, tell, shown}) {
  let turn = 0, later = 0, stop = () => {};
  const ready = {tsne: ctx.tsne ? floats(ctx.tsne) : null, umap: null};

  /** With NaN for words that were left out. */
  const whole = places => {
    const all = new Float32Array(2 * ctx.words.length).fill(NaN);
    all.set(places.subarray(0, all.length));
    return all;
  };

  ctx.run = async ({words, perplexity, neighbours}) => {
    const own = ++turn, moment = ctx.moment, kind = ctx.projection;
    await stop(); // before the next begins, else it would be stopped
    const of = ctx.moments[moment].name ? ` of ${ctx.moments[moment].name}` : '';
    const first = words < ctx.words.length ? `, first ${words} words` : '';
    const put = places => {
      if (own === turn) {
        ready[kind] = places;
        show(whole(places), false);
        clearTimeout(later);
        later = setTimeout(shown, 400); // who is near on the map has changed
      }
    };
    if (kind === 'umap') {
      const points = await ctx.space.some(moment, words, true);
      tell('UMAP looks for neighbours …');
      stop = umap(points, Math.min(words, ctx.words.length), neighbours, (share, places) => {
        tell(`UMAP${of}${first}: ${Math.round(100 * share)} %`);
        put(places);
      }, () => tell(`UMAP${of}${first}.`), message => tell('UMAP: ' + message));
    } else {
      tell('t-SNE looks for neighbours …');
      stop = () => ask('tsneStop');
      ctx.onTsne = async told => {
        if (own !== turn || told.stopped) {
          return;
        }
        if (told.error) {
          return tell(told.error);
        }
        tell(`t-SNE${of}${first}: ${told.iteration} of ${told.of}, divergence ${told.kl.toFixed(3)}`);
        put(new Float32Array(await ask('tsnePlaces')));
      };
      await ask('tsne', {moment, count: words, perplexity});
    }
  };
  if (ctx.served) {
    listen('tsne', told => ctx.onTsne?.(told));
  }

  return async keep => {
    const kind = ctx.projection;
    if ((kind === 'tsne' || kind === 'umap') && keep) {
      return; // it is of the moment it was computed of
    }
    const own = ++turn;
    stop();
    stop = () => {};
    tell('');
    let places;
    if (kind === 'pca') {
      const all = await ctx.space.places(ctx.moment), k = all.length / ctx.words.length, [x, y] = ctx.pca;
      places = Float32Array.from({length: 2 * ctx.words.length}, (_, i) => all[(i >> 1) * k + (i % 2 ? y : x)]);
      if (k === 1) {
        places.forEach((_, i) => i % 2 && (places[i] = 0));
      }
      if (ctx.moments.length > 1) {
        tell(`The axes are those of “${ctx.moments[ctx.moments.length - 1].name}” at every moment, so that a word that moves has moved.`);
      }
    } else if (kind === 'axes') {
      const [a, b, c, d] = ctx.axes;
      if (ctx.axes.some(row => row < 0) || a === b || c === d) {
        tell('Choose two different words for each axis.');
        return;
      }
      const [x, y] = await Promise.all([ctx.space.along(ctx.moment, a, b, ctx.metric), ctx.space.along(ctx.moment, c, d, ctx.metric)]);
      places = pairs(x, y);
    } else if (kind === 'raw') {
      const [x, y] = await Promise.all(ctx.raw.map(j => ctx.space.column(ctx.moment, j)));
      places = pairs(x, y);
    } else if (ready[kind]) {
      places = whole(ready[kind]);
    } else {
      tell(kind === 'tsne' && !ctx.served ? 'This page holds no t-SNE: save it with EmbeddingMap.of(…).tsne(new Tsne()), or use Studio.show.' : 'Press “compute”.');
      return;
    }
    if (own === turn) {
      show(places, keep);
    }
  };
}
