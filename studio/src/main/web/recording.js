// What was recorded, made ready to be looked at: numbers out of base64, and the walk as a row of moments.

/** The numbers of a value as {shape, data} or {shape, summary}. */
function value(json) {
  if (!json) {
    return null;
  }
  if (json.data === undefined) {
    return {shape: json.shape, dtype: json.dtype, summary: json.summary, overwritten: json.overwritten};
  }
  const bytes = Uint8Array.from(atob(json.data), c => c.charCodeAt(0));
  return {shape: json.shape, dtype: json.dtype, data: new Float32Array(bytes.buffer)};
}

/** The recording of a JSON object. */
export function read(json) {
  return assemble({
    title: json.title || 'A walk through backprop',
    sources: json.sources || {},
    function: json.function === true,
    nodes: json.nodes.map(node => ({...node, value: value(node.value)})),
    steps: json.steps.map(step => ({
      ...step,
      incoming: step.arrived ? value(step.incoming) : null,
      edges: step.edges.map(e => ({...e, shape: e.share.shape, share: value(e.share), sum: value(e.sum)})),
    })),
  });
}

/** A recording with its moments: 0 is before anything, then each op forward, then each op backward. */
function assemble({nodes: list, steps, ...rest}) {
  const nodes = new Map(list.map(node => [node.id, {...node, consumers: [], arrivals: []}]));
  for (const node of nodes.values()) {
    node.inputs.forEach(id => nodes.get(id).consumers.push(node.id));
  }
  for (const node of nodes.values()) {
    const users = node.consumers.map(id => nodes.get(id));
    // A mask, or a constant, belongs to the layer that uses it; what comes in from outside does not.
    if (node.kind === 'data' && users.length && users.every(u => u.inputs.some(id => nodes.get(id).kind === 'op'))) {
      node.group = users.map(u => u.group).reduce(common);
    }
  }
  const forward = list.filter(node => node.kind === 'op').map(node => node.id);
  const moments = [
    {kind: 'start'},
    ...forward.map(id => ({kind: 'forward', node: nodes.get(id)})),
    ...steps.map(step => ({kind: 'backward', node: nodes.get(step.node), step})),
  ];
  for (const node of nodes.values()) {
    node.computedAt = 0;
  }
  forward.forEach((id, i) => (nodes.get(id).computedAt = i + 1));
  moments.forEach(({step, node: from}, at) => step?.edges.forEach(edge => nodes.get(edge.to).arrivals.push({at, from, edge})));
  return {
    ...rest,
    nodes,
    moments,
    turn: forward.length, // the moment at which the loss is there
    loss: nodes.get(forward.at(-1) ?? list.at(-1).id),
  };
}

/** The layer that holds both. */
function common(a, b) {
  const [left, right] = [a.split('.'), b.split('.')];
  const parts = left.findIndex((part, i) => part !== right[i]);
  return left.slice(0, parts < 0 ? left.length : parts).join('.');
}

/** A recording whose numbers are those of b minus those of a, for the first nodes, which both have in common. */
export function difference(a, b, same) {
  const others = new Map(b.moments.filter(m => m.step).map(m => [m.step.node, m.step]));
  return assemble({
    ...a,
    difference: true,
    nodes: [...a.nodes.values()].map(node => ({...node, terms: null, value: node.id < same ? minus(b.nodes.get(node.id).value, node.value) : null})),
    steps: a.moments.filter(m => m.step).map(({step}) => {
      const other = step.node < same ? others.get(step.node) : null;
      return {
        ...step,
        arrived: Boolean(step.arrived && other?.arrived),
        incoming: minus(other?.incoming, step.incoming),
        edges: step.edges.map(edge => {
          const twin = other?.edges.find(e => e.input === edge.input);
          return {...edge, terms: null, share: minus(twin?.share, edge.share), sum: minus(twin?.sum, edge.sum)};
        }),
      };
    }),
  });
}

function minus(b, a) {
  if (!a || !b) {
    return null;
  }
  const {shape, dtype} = a;
  return a.data && b.data
    ? {shape, dtype, data: b.data.map((x, i) => x - a.data[i])}
    : {shape, dtype, untold: a.summary && b.summary ? `too large to subtract; the mean went from ${figure(a.summary.mean)} to ${figure(b.summary.mean)}` : 'not known'};
}

/** Whether two recordings have the same graph. */
export function alike(a, b) {
  const look = r => JSON.stringify([...r.nodes.values()].map(n => [n.op, n.kind, n.inputs, n.shape]));
  return look(a) === look(b);
}

/** The moment of another recording that stands for a moment of this one. */
export function counterpart(recording, moment, other) {
  const now = recording.moments[moment];
  const same = m => m?.kind === now.kind && m.node?.id === now.node?.id && m.node?.op === now.node?.op;
  if (same(other.moments[moment])) {
    return moment;
  }
  const found = other.moments.findIndex(same);
  return found >= 0 ? found : Math.min(moment, other.moments.length - 1);
}

/** The gradient that has arrived at a node by a moment, or null. */
export function gradient(recording, node, moment) {
  const start = node.id === recording.loss.id && moment >= recording.turn ? recording.moments[recording.turn + 1]?.step.incoming : null;
  return shares(node, moment).at(-1)?.edge.sum ?? start ?? null;
}

/** What each consumer has sent to a node by a moment: [{at, from, edge}]. */
export function shares(node, moment) {
  return node.arrivals.filter(({at}) => at <= moment);
}

/** The row-major place of an index such as "1,0". */
export function flat(at, shape) {
  return at === '' ? 0 : at.split(',').reduce((sum, i, d) => sum * shape[d] + Number(i), 0);
}

/** What a node is called. */
export function called(node) {
  return node.name || (node.kind === 'op' ? node.op : node.kind === 'data' ? 'data' : 'leaf');
}

/** An element of something: W[0, 1]. */
export function element(name, at) {
  return at === '' ? name : `${name}[${at.replaceAll(',', ', ')}]`;
}

/** The greatest size of a number in a value. */
export function size(v) {
  if (!v || v.overwritten || v.untold) {
    return 0;
  }
  if (v.summary) {
    return Math.max(Math.abs(v.summary.min), Math.abs(v.summary.max));
  }
  let most = 0;
  for (const x of v.data) {
    if (Math.abs(x) > most) {
      most = Math.abs(x);
    }
  }
  return most;
}

export function shapeText(shape) {
  return shape.length === 0 ? 'a number' : '[' + shape.join(', ') + ']';
}

/** A number in at most four signs that say something. */
export function figure(number) {
  const x = Number(number); // what is not finite comes as text
  if (!Number.isFinite(x)) {
    return Number.isNaN(x) ? 'NaN' : x > 0 ? '∞' : '−∞';
  }
  const a = Math.abs(x);
  const text =
    a !== 0 && (a >= 1e5 || a < 1e-3)
      ? x.toExponential(1)
      : a >= 100
        ? x.toFixed(0)
        : a >= 10
          ? x.toFixed(1)
          : String(Number(x.toFixed(3)));
  return text.replace('-', '−');
}
