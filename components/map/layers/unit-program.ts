import { baseTokens, inkTokens, type MapTheme, priorityFill, rgb, unitColours } from '../tokens.ts';
import type { UnitPicture } from './unit-grid.ts';
import { unitFragmentShader, unitVertexShader } from './unit-shader.ts';

/** Below this half-size (CSS pixels) a mark is a dot: shapes would only flicker. */
export const tinyHalf = 5;

export type UnitUniforms = { matrix: Float32Array; halfPixels: number; tiny: boolean; theme: MapTheme };
export type UnitMasks = { shown: Uint8Array; marked: Uint8Array };
export type UnitProgram = {
  upload(units: UnitPicture, masks: UnitMasks): void;
  draw(count: number, uniforms: UnitUniforms): void;
  dispose(): void;
};

/** Eight columns by slot in GPU buffers, three draws: the calm, what is urgent above it, what is selected on top. */
export function createUnitProgram(gl: WebGL2RenderingContext): UnitProgram {
  const program = link(gl);
  const place = (name: string) => gl.getUniformLocation(program, name);
  const at = {
    matrix: place('uMatrix'),
    size: place('uSize'),
    pass: place('uPass'),
    colours: place('uColours'),
    casing: place('uCasing'),
    grey: place('uGrey'),
    selection: place('uSelection'),
    onSos: place('uOnSos'),
    tiny: place('uTiny'),
  };
  const vertexArray = gl.createVertexArray();
  const buffers = Array.from({ length: 8 }, () => gl.createBuffer());
  let capacity = 0;
  gl.bindVertexArray(vertexArray);
  buffers.forEach((buffer, index) => {
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    gl.enableVertexAttribArray(index);
    if (index < 2) gl.vertexAttribPointer(index, 1, gl.FLOAT, false, 0, 0);
    else gl.vertexAttribIPointer(index, 1, gl.UNSIGNED_BYTE, 0, 0);
  });
  gl.bindVertexArray(null);
  let coloured: MapTheme | null = null;

  return {
    upload(units, masks) {
      const columns = [
        units.x,
        units.y,
        units.heading,
        units.status,
        units.freshness,
        units.alive,
        masks.shown,
        masks.marked,
      ];
      const grow = units.high > capacity;
      if (grow) capacity = Math.max(1024, units.x.length);
      columns.forEach((column, index) => {
        gl.bindBuffer(gl.ARRAY_BUFFER, buffers[index]!);
        if (grow) gl.bufferData(gl.ARRAY_BUFFER, capacity * column.BYTES_PER_ELEMENT, gl.DYNAMIC_DRAW);
        gl.bufferSubData(gl.ARRAY_BUFFER, 0, column, 0, units.high);
      });
      gl.bindBuffer(gl.ARRAY_BUFFER, null);
    },
    draw(count, { matrix, halfPixels, tiny, theme }) {
      // biome-ignore lint/correctness/useHookAtTopLevel: WebGL's own name, no hook
      gl.useProgram(program);
      if (coloured !== theme) {
        gl.uniform3fv(at.colours, unitColours(theme).flatMap(rgb));
        gl.uniform3fv(at.casing, rgb(theme === 'light' ? '#fdfdfe' : baseTokens(theme).halo));
        gl.uniform3fv(at.grey, rgb(inkTokens(theme).lineStrong));
        gl.uniform3fv(at.selection, rgb(inkTokens(theme).selection));
        gl.uniform3fv(at.onSos, rgb(priorityFill(theme, 'P1').ink));
        coloured = theme;
      }
      gl.uniformMatrix4fv(at.matrix, false, matrix);
      gl.uniform1f(at.size, halfPixels);
      gl.uniform1f(at.tiny, tiny ? 1 : 0);
      gl.disable(gl.DEPTH_TEST);
      gl.disable(gl.STENCIL_TEST);
      gl.disable(gl.CULL_FACE);
      gl.enable(gl.BLEND);
      gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
      gl.bindVertexArray(vertexArray);
      for (let pass = 0; pass < 3; pass++) {
        gl.uniform1i(at.pass, pass);
        gl.drawArrays(gl.POINTS, 0, count);
      }
      gl.bindVertexArray(null);
    },
    dispose() {
      for (const buffer of buffers) gl.deleteBuffer(buffer);
      gl.deleteVertexArray(vertexArray);
      gl.deleteProgram(program);
    },
  };
}

function link(gl: WebGL2RenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [type, source] of [
    [gl.VERTEX_SHADER, unitVertexShader],
    [gl.FRAGMENT_SHADER, unitFragmentShader],
  ] as const) {
    const shader = gl.createShader(type);
    if (!shader) throw new Error('no shader: the drawing context is lost');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    if (!gl.getShaderParameter(shader, gl.COMPILE_STATUS) && !gl.isContextLost())
      throw new Error(`unit shader: ${gl.getShaderInfoLog(shader)}`);
    gl.attachShader(program, shader);
    gl.deleteShader(shader);
  }
  gl.linkProgram(program);
  if (!gl.getProgramParameter(program, gl.LINK_STATUS) && !gl.isContextLost())
    throw new Error(`unit program: ${gl.getProgramInfoLog(program)}`);
  return program;
}

/** Folds the origin into the matrix in 64 bits, so that 32-bit positions near it keep their centimetres. */
export function matrixAtOrigin(matrix: ArrayLike<number>, originX: number, originY: number): Float32Array {
  const folded = new Float32Array(16);
  for (let i = 0; i < 16; i++) folded[i] = matrix[i]!;
  for (let row = 0; row < 4; row++)
    folded[12 + row] = matrix[row]! * originX + matrix[4 + row]! * originY + matrix[12 + row]!;
  return folded;
}

/**
 * Half-size of a mark in CSS pixels: dots over the whole city, full marks in a street. A wall that draws everything larger shows
 * the same part of the city at a higher zoom, so the scale counts there, too.
 */
export function unitHalf(trueZoom: number, scale: number): number {
  const zoom = trueZoom - Math.log2(scale);
  const stops: [zoom: number, half: number][] = [
    [8, 2.6],
    [9.5, 3.2],
    [10.5, 4.2],
    [11, 5.4],
    [12, 6.6],
    [13.5, 7.8],
    [16, 9],
  ];
  const after = stops.findIndex(([z]) => z >= zoom);
  if (after === 0) return stops[0]![1] * scale;
  if (after < 0) return stops.at(-1)![1] * scale;
  const [[z0, h0], [z1, h1]] = [stops[after - 1]!, stops[after]!];
  return (h0 + ((h1 - h0) * (zoom - z0)) / (z1 - z0)) * scale;
}
