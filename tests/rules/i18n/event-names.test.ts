import { beforeAll, expect, test } from 'vitest';
import { eventName, EVENTS } from '@/lib/i18n/event-names';
import { allCommands } from '../../support/commands';

let events: ReadonlySet<string>;
beforeAll(async () => {
  events = new Set((await allCommands()).flatMap(({ command }) => command.events));
});

test('every event a command may leave in the audit trail has a name in each language', () => {
  expect(events.size).toBeGreaterThan(150);
  expect([...events].filter((event) => EVENTS[event] === undefined)).toEqual([]);
});

test('the names are words of their language, and no two events share one', () => {
  for (const [event, [simplified, traditional, english] = ['', '', '']] of Object.entries(EVENTS)) {
    expect(simplified, event).toMatch(/^[\p{Script=Han}，]+$/u);
    expect(traditional, event).toMatch(/^[\p{Script=Han}，]+$/u);
    expect(english, event).toMatch(/^[A-Z][A-Za-z’ -]+$/);
  }
  for (const lang of ['zh-Hans', 'zh-Hant', 'en'] as const) {
    const names = Object.keys(EVENTS).map((event) => eventName(lang, event));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  }
});

test('an event of a later version is told by its own name', () => {
  expect(eventName('en', 'unheard_of')).toBe('unheard_of');
});
