import type { FollowUpEvent } from '@/server/domain/follow-up-event.ts';
import type { LogLine } from './log-line.ts';

export type FollowNames = {
  readonly order: (id: string) => string;
  readonly task?: (id: string) => string;
  readonly checkIn?: (id: string) => string;
};

/** Lines of what follows a dispatch. A name that is not known any more is left out, never guessed. */
export function followLine(event: FollowUpEvent, names: FollowNames): LogLine {
  const plain = (more: Omit<LogLine, 'key' | 'tone'> = {}): LogLine => ({ key: event.kind, tone: 'plain', ...more });
  const task = (id: string) => names.task?.(id) ?? '';
  const checkIn = (id: string) => names.checkIn?.(id) ?? '';
  switch (event.kind) {
    case 'planStarted':
      return { ...plain(), tone: 'strong', name: event.content.run.plan, code: String(event.content.run.level) };
    case 'planEnded':
      return plain({ text: event.content.reason });
    case 'taskSet':
      return plain({ name: event.content.task.title });
    case 'taskAccepted':
      return plain({ name: task(event.content.task) });
    case 'taskDone':
      return plain({ name: task(event.content.task), text: event.content.text });
    case 'taskCancelled':
      return plain({ name: task(event.content.task), text: event.content.reason });
    case 'taskVerified': {
      const { passed, text } = event.content;
      return plain({ name: task(event.content.task), code: passed ? 'passed' : 'failed', text });
    }
    case 'taskLate':
      return { ...plain(), tone: 'warn', name: task(event.content.task) };
    case 'needRaised':
      return plain({ text: event.content.need.text });
    case 'needAnswered':
      return plain({ code: event.content.state, text: event.content.text });
    case 'checkInStarted':
      return plain({ name: event.content.checkIn.name });
    case 'checkInHeard':
      return plain({ name: checkIn(event.content.checkIn) });
    case 'checkInEnded':
      return plain({ name: checkIn(event.content.checkIn), text: event.content.reason });
    case 'checkInMissed':
      return { ...plain(), tone: 'warn', name: checkIn(event.content.checkIn) };
    case 'fileAdded':
      return plain({ name: event.content.file.name });
    case 'drawingAdded':
      return plain({ name: event.content.drawing.label });
    case 'drawingRemoved':
      return plain();
    case 'clockMissed':
      return { ...plain(), tone: 'warn', code: event.content.missed.target };
    case 'orderEscalated':
      return { ...plain(), tone: 'warn', name: names.order(event.content.order), code: event.content.to };
    case 'incidentUpgraded':
      return { ...plain(), tone: 'strong', text: event.content.reason };
  }
}
