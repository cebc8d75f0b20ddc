// Layers that fold: a group is a layer by its dotted name, a stack is a row of layers of one shape (× 6).

/** The layers around a node, the outermost first. */
function around(node) {
  const parts = node.group ? node.group.split('.') : [];
  return parts.map((_, n) => parts.slice(0, n + 1).join('.'));
}

/** All layers of a recording, and the stacks they stand in: {all: names, stackOf: layer → stack, stacks: name → stack}. */
export function layers(recording) {
  const shapes = new Map();
  for (const node of recording.nodes.values()) {
    for (const group of around(node)) {
      const look = `${node.op} ${node.shape} ${node.group.slice(group.length)}`;
      shapes.set(group, `${shapes.get(group) ?? ''}\n${look}`);
    }
  }
  const stackOf = new Map();
  for (const group of shapes.keys()) {
    const [, head = '', number] = group.match(/^(.*\.)?(\d+)$/) ?? [];
    const before = head + (Number(number) - 1);
    if (number === undefined || stackOf.has(group) || shapes.get(before) === shapes.get(group)) {
      continue; // no number, or not the first of its row
    }
    let last = Number(number);
    while (shapes.get(head + (last + 1)) === shapes.get(group)) {
      last++;
    }
    if (last > Number(number)) {
      const stack = {name: `${head}${number}…${last}`, count: last - number + 1};
      for (let i = Number(number); i <= last; i++) {
        stackOf.set(head + i, stack);
      }
    }
  }
  const stacks = new Map([...stackOf.values()].map(stack => [stack.name, stack]));
  return {all: new Set([...shapes.keys(), ...stacks.keys()]), stackOf, stacks};
}

/** Which box a node stands in: itself, or the outermost layer or stack around it that is folded. */
export function box(node, open, {stackOf}) {
  for (const group of around(node)) {
    const stack = stackOf.get(group);
    if (stack && !open.has(stack.name)) {
      return 'group:' + stack.name;
    }
    if (!open.has(group)) {
      return 'group:' + group;
    }
  }
  return String(node.id);
}

/** Opens a layer, and every other in which there is only one box: it tells nothing. */
export function openUp(recording, open, known, group) {
  if (group) {
    open.add(group);
  }
  const ops = [...recording.nodes.values()].filter(n => n.kind === 'op');
  const folded = () => new Set(ops.map(n => box(n, open, known)).filter(id => known.all.has(id.slice(6)) && !known.stacks.has(id.slice(6))));
  for (let again = true; again; ) {
    again = false;
    for (const id of folded()) {
      const inside = ops.filter(n => box(n, open, known) === id);
      const opened = new Set([...open, id.slice(6)]);
      const boxes = new Set(inside.map(n => box(n, opened, known)));
      if (boxes.size === 1 && [...boxes][0].startsWith('group:')) {
        open.add(id.slice(6));
        again = true;
      }
    }
  }
}

/** Opens everything around a node. */
export function reveal(node, open, {stackOf}) {
  for (const group of around(node)) {
    open.add(group);
    if (stackOf.has(group)) {
      open.add(stackOf.get(group).name);
    }
  }
}

/** Folds a layer or a stack, and all that is in it. */
export function fold(group, open, {stackOf}) {
  const parts = g => g.split('.').map((_, n, all) => all.slice(0, n + 1).join('.'));
  for (const g of [...open]) {
    if (g === group || parts(g).some(part => part === group || stackOf.get(part)?.name === group)) {
      open.delete(g);
    }
  }
}
