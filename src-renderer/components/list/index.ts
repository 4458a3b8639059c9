/*
 * The one list: rows of any number, live, by keyboard and by pointer.
 *
 * For: every list of records whose rows are opened, selected or acted on.
 * Offers: `useList` (cursor, selection, keys, freeze), `VirtualList` (columns, window, hold, pill
 * of new rows, empty, loading and fault), and around it `ListSearch`, `FreezeButton`, `ListFoot`
 * and `ListSplit`. Where rows can be selected, a selection of `ground/selection.ts` is given.
 * Needs: a `ListSource`. An array is made one by `useHeldRows`; a store that holds back what is
 * new by itself implements it (`IncidentView`, `AlertList`).
 * Does not touch: the engine, the address, and what a verb does. Sorting and filtering are the
 * source's: the table only knows the rows on the screen.
 *
 * function Tasks({ tasks, openId }: Props) {
 *   const list = useList({
 *     source: useHeldRows((task) => task.id, tasks, ""),
 *     idOf: (task) => task.id,
 *     noun: "task",
 *     openId,
 *     open: (id) => navigate(["tasks", id]),
 *     close: () => navigate(["tasks"]),
 *   });
 *   return <VirtualList list={list} label="Tasks" columns={columns} empty={<NoTasks />} />;
 * }
 * const column = listColumns<Task>();
 * const columns = column.columns([
 *   column.accessor("title", { id: "title", header: "Title", meta: { width: "1fr" } }),
 *   column.accessor("due", { id: "due", header: "Due", meta: { width: "60px", from: 600, tone: "dim" } }),
 * ]);
 */
export { noRows, useHeldRows } from "./held-rows.ts";
export { listColumns } from "./list-columns.ts";
export { ListFoot } from "./list-foot.tsx";
export type { RowVerb } from "./list-row.tsx";
export type { ListSource } from "./list-source.ts";
export { ListSplit } from "./list-split.tsx";
export { FreezeButton, ListSearch } from "./list-tools.tsx";
export { type List, useList } from "./use-list.ts";
export { VirtualList } from "./virtual-list.tsx";
