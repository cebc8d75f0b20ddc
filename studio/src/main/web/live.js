// The program that shows this page, where there is one: what it can be asked, and what it tells.

/** Whether the page was served by a program that answers. */
export const live = LIVE;

const ended = [];
let events = null;

/** Asks the program; the answer is JSON or, where the program sends bytes, an ArrayBuffer. */
export async function ask(name, args = {}) {
  let answer;
  try {
    answer = await fetch(name, {method: 'POST', headers: {'Content-Type': 'application/json'}, body: JSON.stringify(args)});
  } catch {
    end();
    throw new Error('The program has ended.');
  }
  if (answer.ok && answer.headers.get('Content-Type') === 'application/octet-stream') {
    return answer.arrayBuffer();
  }
  const told = answer.status < 300 || answer.headers.get('Content-Type') === 'application/json' ? await answer.json() : {error: `refused (${answer.status})`};
  if (!answer.ok) {
    throw new Error(told.error);
  }
  return told;
}

/** Calls a handler with what the program sends by this name. */
export function listen(event, handler) {
  events?.addEventListener(event, e => handler(JSON.parse(e.data)));
}

/** Calls a handler once the program has ended. */
export function onEnd(handler) {
  ended.push(handler);
}

function end() {
  events?.close();
  ended.splice(0).forEach(handler => handler());
}

if (live) {
  events = new EventSource('events'); // as long as it is open the program stays
  events.onerror = () => fetch('', {method: 'HEAD'}).catch(end);
}
