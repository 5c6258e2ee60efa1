import type { Emit } from './figures.ts';
import { isBuilt, runServer } from './server-process.ts';
import { withFolder } from './with-folder.ts';

/** From the process to "ready", with an empty folder and again; memory then and after fifty pages. */
export const start = (emit: Emit): Promise<void> =>
  withFolder('bench-start', async (folder) => {
    if (!isBuilt()) return emit({ bench: 'start', skipped: 'nothing is built: npm run build' });
    const first = await runServer(folder);
    emit({ bench: 'start', which: 'first', readyMs: first.readyMs, rssMb: first.rssMb(), stopMs: await first.stop() });
    const second = await runServer(folder);
    const idle = second.rssMb();
    for (let page = 0; page < 50; page++) await (await fetch(`${second.url}/sign-in`)).text();
    emit({
      bench: 'start',
      which: 'second',
      readyMs: second.readyMs,
      rssMb: idle,
      rssAfterPagesMb: second.rssMb(),
      stopMs: await second.stop(),
    });
  });
