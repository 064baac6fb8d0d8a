/**
 * A state machine as data: one table of edges, each carrying the event that moves it. The check, the
 * buttons, the documentation and the tests all read the same table.
 */
export type Edge<State extends string, Event extends string> = {
  readonly from: State;
  readonly event: Event;
  readonly to: State;
};

export type StateTable<State extends string, Event extends string> = {
  readonly noun: string;
  readonly initial: readonly State[];
  readonly states: readonly State[];
  readonly edges: readonly Edge<State, Event>[];
};

/** Builds a table from `'from --event--> to'` triples; a misspelt state or event does not compile. */
export const stateTable = <const State extends string, const Event extends string>(
  noun: string,
  states: readonly State[],
  initial: readonly NoInfer<State>[],
  edges: readonly (readonly [NoInfer<State>, Event, NoInfer<State>])[],
): StateTable<State, Event> => ({
  noun,
  initial,
  states,
  edges: edges.map(([from, event, to]) => ({ from, event, to })),
});

/** Where `event` leads from `from`, or null when there is no such edge. */
export const nextState = <S extends string, E extends string>(
  table: StateTable<S, E>,
  from: S,
  event: E,
): S | null => table.edges.find((edge) => edge.from === from && edge.event === event)?.to ?? null;

/** The states from which `event` may happen: what a conditional update puts in its WHERE. @public */
export const statesAllowing = <S extends string, E extends string>(
  table: StateTable<S, E>,
  event: E,
): readonly S[] => table.edges.filter((edge) => edge.event === event).map((edge) => edge.from);

/** The events a person can be offered in this state: which buttons to draw. @public */
export const eventsFrom = <S extends string, E extends string>(
  table: StateTable<S, E>,
  from: S,
): readonly E[] => table.edges.filter((edge) => edge.from === from).map((edge) => edge.event);

/** States nothing leads out of. */
export const terminalStates = <S extends string, E extends string>(table: StateTable<S, E>): readonly S[] =>
  table.states.filter((state) => table.edges.every((edge) => edge.from !== state));
