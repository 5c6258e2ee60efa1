import { type UnitStatus, unitStatuses } from '@/server/domain/unit.ts';

/** Outline of each status, the same as the marks in lists: shape tells apart what colour alone must not. */
const shapes = { circle: 0, arrow: 1, square: 2, hexagon: 3, diamond: 4, cross: 5, bar: 6 } as const;
const fills = { solid: 0, outline: 1, half: 2, dot: 3 } as const;
type Look = [shape: keyof typeof shapes, fill: keyof typeof fills];

const looks: Record<UnitStatus, Look> = {
  available: ['circle', 'outline'],
  assigned: ['circle', 'half'],
  acknowledged: ['circle', 'solid'],
  enRoute: ['arrow', 'solid'],
  staging: ['square', 'outline'],
  onScene: ['square', 'solid'],
  transporting: ['hexagon', 'solid'],
  atDestination: ['hexagon', 'outline'],
  returning: ['arrow', 'outline'],
  busyDivertible: ['circle', 'dot'],
  unavailable: ['cross', 'solid'],
  offDuty: ['bar', 'solid'],
  emergency: ['diamond', 'solid'],
};
const unknownLook: Look = ['circle', 'outline'];
/** Status codes known to the shader; the last one stands for every other code. */
export const lookCount = unitStatuses.length + 1;
export const emergencyCode = unitStatuses.indexOf('emergency');

const table = [...unitStatuses.map((status) => looks[status]), unknownLook].map(
  ([shape, fill]) => shapes[shape] * 4 + fills[fill],
);

export const unitVertexShader = `#version 300 es
precision highp float;
layout(location = 0) in float aX;
layout(location = 1) in float aY;
layout(location = 2) in uint aHeading;
layout(location = 3) in uint aStatus;
layout(location = 4) in uint aFreshness;
layout(location = 5) in uint aAlive;
layout(location = 6) in uint aShown;
layout(location = 7) in uint aMarked;
uniform mat4 uMatrix;
uniform float uSize;
uniform int uPass;
uniform vec3 uColours[${lookCount}];
flat out vec3 vColour;
flat out int vShape;
flat out int vFill;
flat out int vFreshness;
flat out int vMarked;
flat out float vHalf;
flat out vec2 vTurn;
flat out int vPointed;
flat out float vReach;
uniform float uTiny;
const int looks[${lookCount}] = int[${lookCount}](${table.join(', ')});
void main() {
  int code = min(int(aStatus), ${lookCount - 1});
  bool urgent = code == ${emergencyCode};
  int level = urgent ? 1 : 0;
  if (aMarked > 0u) level = 2;
  if (aAlive == 0u || aShown == 0u || level != uPass) {
    gl_Position = vec4(2.0, 2.0, 2.0, 1.0);
    gl_PointSize = 0.0;
    return;
  }
  vColour = uColours[code];
  vShape = looks[code] / 4;
  vFill = looks[code] % 4;
  vFreshness = int(aFreshness);
  vMarked = int(aMarked);
  vPointed = aHeading == 255u ? 0 : 1;
  float turn = float(aHeading) / 255.0 * 6.28318530718;
  vTurn = vec2(cos(turn), sin(turn));
  vHalf = uSize * (urgent ? 1.3 : 1.0);
  gl_Position = uMatrix * vec4(aX, aY, 0.0, 1.0);
  bool arrow = vShape == ${shapes.arrow};
  float reach = uTiny > 0.5 ? (arrow ? 1.7 : 1.4) : vPointed == 1 && vFreshness < 2 ? 2.0 : 1.55;
  if (vFreshness == 1 && uTiny < 0.5) reach = max(reach, 1.75);
  if (urgent) reach = 1.95;
  if (aMarked > 0u) reach = 2.35;
  vReach = reach + 1.0 / vHalf;
  gl_PointSize = vHalf * 2.0 * vReach;
}`;

/**
 * Distances in half-sizes of the mark: 1 is about the edge of its body, vReach the edge of the point sprite, which is no larger
 * than what is drawn in it: software rendering pays for every fragment.
 * Fresh: in its colour. Late: paler, with a ring around. Stale: only an outline, in grey. Never heard: a broken grey outline.
 */
export const unitFragmentShader = `#version 300 es
precision highp float;
flat in vec3 vColour;
flat in int vShape;
flat in int vFill;
flat in int vFreshness;
flat in int vMarked;
flat in float vHalf;
flat in vec2 vTurn;
flat in int vPointed;
flat in float vReach;
uniform vec3 uCasing;
uniform vec3 uGrey;
uniform vec3 uSelection;
uniform vec3 uOnSos;
uniform float uTiny;
out vec4 colour;

float box(vec2 p, vec2 b) { vec2 d = abs(p) - b; return length(max(d, 0.0)) + min(max(d.x, d.y), 0.0); }
float wedge(vec2 p, vec2 tip, vec2 side, float notch) {
  vec2 v[4] = vec2[4](tip, side, vec2(0.0, notch), vec2(-side.x, side.y));
  float d = dot(p - v[0], p - v[0]);
  float s = 1.0;
  for (int i = 0, j = 3; i < 4; j = i, i++) {
    vec2 e = v[j] - v[i];
    vec2 w = p - v[i];
    vec2 b = w - e * clamp(dot(w, e) / dot(e, e), 0.0, 1.0);
    d = min(d, dot(b, b));
    bvec3 c = bvec3(p.y >= v[i].y, p.y < v[j].y, e.x * w.y > e.y * w.x);
    if (all(c) || all(not(c))) s = -s;
  }
  return s * sqrt(d);
}
float hexagon(vec2 p) {
  p = abs(p);
  return max(dot(p, vec2(0.8660254, 0.5)), p.y) - 0.88;
}
float body(vec2 p, vec2 q) {
  if (vShape == 1) return vPointed == 1 ? wedge(q, vec2(0.0, -1.3), vec2(0.98, 1.0), 0.5) : length(p) - 0.92;
  if (vShape == 2) return box(p, vec2(0.84));
  if (vShape == 3) return hexagon(p);
  if (vShape == 4) return (abs(p.x) + abs(p.y) - 1.3) * 0.7071;
  if (vShape == 5) { vec2 d = vec2(p.x + p.y, p.x - p.y) * 0.7071; return min(box(d, vec2(1.0, 0.22)), box(d, vec2(0.22, 1.0))); }
  if (vShape == 6) return box(p, vec2(0.95, 0.26));
  return length(p) - 0.92;
}

void main() {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * vReach;
  vec2 q = vec2(p.x * vTurn.x + p.y * vTurn.y, -p.x * vTurn.y + p.y * vTurn.x);
  float px = 1.0 / vHalf;
  float edge = px * 0.75;
  bool old = vFreshness >= 2;
  float d = body(p, q);
  float nose = vPointed == 1 && vShape != 1 && uTiny < 0.5 && !old ? wedge(q, vec2(0.0, -1.68), vec2(0.52, -0.95), -0.88) : 9.0;

  vec3 hue = vFreshness == 1 ? mix(vColour, uGrey, 0.45) : vColour;
  if (old) hue = uGrey;

  int fillMode = vFill;
  if (uTiny > 0.5) fillMode = old ? 1 : 0;
  else if (old && vShape < 5) fillMode = 1;
  float stroke = max(0.36, 1.5 * px);
  float ink = smoothstep(edge, -edge, d);
  float core = smoothstep(edge, -edge, d + stroke);
  float inside = 0.0;
  if (fillMode == 1) inside = core;
  else if (fillMode == 2) inside = core * smoothstep(-edge, edge, -p.x);
  else if (fillMode == 3) inside = core * smoothstep(-edge, edge, length(p) - 0.34);
  ink -= inside;
  if (vFreshness == 3 && vShape < 5) ink *= step(0.0, sin(atan(p.y, p.x) * 8.0));
  ink = max(ink, smoothstep(edge, -edge, nose));

  float casing = smoothstep(edge, -edge, min(d, nose) - max(0.2, 1.2 * px)) * 0.92;
  float alpha = max(ink, casing);
  vec3 paint = mix(uCasing, hue, ink);

  if (vShape == 4) {
    float mark = min(box(p - vec2(0.0, -0.2), vec2(0.13, 0.4)), length(p - vec2(0.0, 0.5)) - 0.16);
    paint = mix(paint, uOnSos, smoothstep(edge, -edge, mark) * (old ? 0.0 : 1.0));
    float around = abs(length(p) - 1.62) - max(0.13, 0.9 * px);
    float band = smoothstep(edge, -edge, around);
    paint = mix(paint, hue, band);
    alpha = max(alpha, band);
  } else if (vFreshness == 1 && uTiny < 0.5) {
    float band = smoothstep(edge, -edge, abs(length(p) - 1.5) - max(0.08, 0.6 * px)) * 0.9;
    paint = mix(paint, hue, band * (1.0 - alpha));
    alpha = max(alpha, band);
  }
  if (vMarked > 0) {
    float r = length(p);
    float band = smoothstep(edge, -edge, abs(r - 1.95) - max(0.16, 1.1 * px));
    float shade = smoothstep(edge, -edge, abs(r - 1.95) - max(0.28, 2.0 * px)) * 0.75;
    paint = mix(mix(paint, uCasing, shade * (1.0 - alpha)), uSelection, band);
    alpha = max(alpha, max(band, shade));
  }
  if (alpha < 0.01) discard;
  colour = vec4(paint * alpha, alpha);
}`;
