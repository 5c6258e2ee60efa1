import type { Gap } from './ask-service.ts';
import type { EngineAnswer, EngineMatrix, EngineRefusal, TravelPlace } from './travel-time.ts';

type Part = (from: readonly TravelPlace[], to: readonly TravelPlace[]) => Promise<EngineMatrix | EngineRefusal | Gap>;
const atOnce = 4;

/** A matrix larger than a service takes in one request, in parts side by side; one that fails fails all. */
export async function matrixInParts(
  from: readonly TravelPlace[],
  to: readonly TravelPlace[],
  mostPlaces: number,
  ask: Part,
): Promise<EngineMatrix | EngineRefusal> {
  const width = Math.min(to.length, Math.floor(mostPlaces / 2));
  const height = mostPlaces - width;
  const parts: { row: number; column: number }[] = [];
  for (let row = 0; row < from.length; row += height)
    for (let column = 0; column < to.length; column += width) parts.push({ row, column });
  const whole: EngineAnswer[][] = from.map(() => []);
  let refusal: EngineRefusal | null = null;
  let next = 0;
  const work = async (): Promise<void> => {
    for (let part = parts[next++]; part && !refusal; part = parts[next++]) {
      const { row, column } = part;
      const [some, targets] = [from.slice(row, row + height), to.slice(column, column + width)];
      const answer = await ask(some, targets);
      if ('refused' in answer) refusal = answer;
      else
        ('gap' in answer ? some.map(() => targets.map(() => answer)) : answer).forEach((line, i) => {
          line.forEach((one, j) => {
            whole[row + i]![column + j] = one;
          });
        });
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, parts.length) }, work));
  return refusal ?? whole;
}
