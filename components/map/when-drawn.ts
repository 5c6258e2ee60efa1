const firstLookMs = 4;
const seldomMs = 16;

/** Tells when the drawing processor has done everything that it was given so far. Never waits for it: a blocked page answers nobody. */
export function whenDrawn(gl: WebGL2RenderingContext, tell: () => void): void {
  const fence = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  // None: the context is lost.
  if (!fence) {
    tell();
    return;
  }
  gl.flush();
  const look = (waitMs: number) => {
    if (!gl.isContextLost() && gl.getSyncParameter(fence, gl.SYNC_STATUS) !== gl.SIGNALED) {
      setTimeout(look, waitMs, Math.min(waitMs * 2, seldomMs));
      return;
    }
    gl.deleteSync(fence);
    tell();
  };
  setTimeout(look, firstLookMs, firstLookMs);
}
