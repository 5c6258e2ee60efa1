import { createLiveClient } from './live-client.ts';

/** The one live client of this window; `live.start()` once, from the frame. */
export const live = createLiveClient();
