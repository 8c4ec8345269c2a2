import { blend, clamp, cross, dot, normalized, smoothstep } from './maths.mjs';

/** How far a ray goes before it counts as lost, in the scene's units. */
const far = 30;
const steps = 180;

/** Gives colour(x, y) of a scene {distance, surface, camera, key, sky, bounce, background?} on a picture of that size. */
export function rayMarcher(scene, width, height) {
  const { eye, target, zoom } = scene.camera;
  const forward = normalized(target.map((value, i) => value - eye[i]));
  const right = normalized(cross(forward, [0, 1, 0]));
  const up = cross(right, forward);
  const unit = Math.min(width, height) / 2;
  return (x, y) => {
    const [u, v] = [(x - width / 2) / unit, (height / 2 - y) / unit];
    const ray = normalized(forward.map((f, i) => f * zoom + right[i] * u + up[i] * v));
    const vignette = 1 - 0.09 * (u * u + v * v);
    return filmic(trace(scene, eye, ray)).map((value) => value * vignette);
  };
}

function trace(scene, eye, ray) {
  const t = march(scene.distance, eye, ray);
  if (t > far) return scene.background?.(ray) ?? scene.sky;
  const point = eye.map((value, i) => value + ray[i] * t);
  const { colour, gloss = 0, rough = 0.3, bump = 0, glow = 0 } = scene.surface(...point);
  const normal = bumped(scene, point, normalAt(scene.distance, point), bump);
  const start = point.map((value, i) => value + normal[i] * 0.01);
  const open = occlusion(scene.distance, point, normal);
  const lit = Math.max(0, dot(normal, scene.key.direction) * (1 - glow) + glow);
  const shade = lit > 0 ? shadow(scene.distance, start, scene.key) : 0;
  const height = 0.5 + 0.5 * normal[1];
  const mirrored = ray.map((value, i) => value - 2 * dot(ray, normal) * normal[i]);
  const edge = (1 - clamp(-dot(ray, normal))) ** 5;
  const shine = gloss * (0.3 + 0.7 * edge) * open;
  return colour.map((value, i) => {
    const ambient = (scene.sky[i] * height + scene.bounce[i] * (1 - height)) * open;
    const direct = scene.key.colour[i] * lit * shade;
    return value * (ambient + direct) + shine * reflected(scene, mirrored, rough, shade)[i];
  });
}

function march(distance, [ox, oy, oz], [dx, dy, dz]) {
  let t = 0.05;
  for (let i = 0; i < steps && t < far; i++) {
    const d = distance(ox + dx * t, oy + dy * t, oz + dz * t);
    if (d < 0.0004 * t) return t;
    t += d * 0.85;
  }
  return t < far ? t : Infinity;
}

function normalAt(distance, [x, y, z]) {
  const e = 0.0008;
  return normalized([
    distance(x + e, y, z) - distance(x - e, y, z),
    distance(x, y + e, z) - distance(x, y - e, z),
    distance(x, y, z + e) - distance(x, y, z - e),
  ]);
}

/** Tilts a normal by the slope of the scene's relief. */
function bumped(scene, [x, y, z], normal, strength) {
  if (strength === 0) return normal;
  const e = 0.004;
  const here = scene.relief(x, y, z);
  const slope = [scene.relief(x + e, y, z), scene.relief(x, y + e, z), scene.relief(x, y, z + e)];
  return normalized(normal.map((n, i) => n - (strength * (slope[i] - here)) / e));
}

/** Soft shadow: how near the ray to the lamp passes other things, against the lamp's width. */
function shadow(distance, [ox, oy, oz], { direction: [dx, dy, dz], softness }) {
  let light = 1;
  for (let t = 0.02, i = 0; i < 60 && t < 6; i++) {
    const d = distance(ox + dx * t, oy + dy * t, oz + dz * t);
    light = Math.min(light, 0.5 + (0.5 * d) / (softness * t));
    if (light < 0) return 0;
    t += clamp(Math.abs(d) * 0.7, 0.012, 0.25);
  }
  return smoothstep(0, 1, light);
}

/** How open the sky is above a point, from 0 to 1. */
function occlusion(distance, [x, y, z], [nx, ny, nz]) {
  let closed = 0;
  for (let i = 1, weight = 1; i <= 5; i++, weight *= 0.72) {
    const h = 0.07 * i;
    closed += weight * Math.max(0, h - distance(x + nx * h, y + ny * h, z + nz * h));
  }
  return clamp(1 - 1.5 * closed, 0.08, 1);
}

/** What glossy things mirror: the room, and a window of two by two panes towards the lamp. */
function reflected({ sky, bounce, key }, ray, rough, shade) {
  const room = blend(bounce, sky, smoothstep(-0.4, 0.8, ray[1]));
  const facing = dot(ray, key.direction);
  if (facing <= 0) return room;
  const across = normalized(cross(key.direction, [0, 1, 0]));
  const upward = cross(across, key.direction);
  const [u, v] = [dot(ray, across) / facing, dot(ray, upward) / facing];
  const pane = (x, half) => smoothstep(half + rough, half - rough, Math.abs(x));
  const bar = (x) => (rough < 0.1 ? smoothstep(0.01, 0.05, Math.abs(x)) : 1);
  const window = pane(u, 0.26) * pane(v, 0.34) * bar(u) * bar(v) * shade;
  return room.map((value, i) => value + window * 9 * key.colour[i]);
}

/** Rolls off highlights as film does (Narkowicz' fit of ACES). */
function filmic(colour) {
  return colour.map((x) => clamp((x * (2.51 * x + 0.03)) / (x * (2.43 * x + 0.59) + 0.14)));
}
