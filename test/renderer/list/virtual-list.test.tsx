// @vitest-environment jsdom
// Of many rows only those on the screen are drawn; they are opened, selected and acted on by
// pointer and key; columns go where there is no room; and an empty list says why.
import { MantineProvider } from "@mantine/core";
import { act, fireEvent, render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import {
	listColumns,
	useHeldRows,
	useList,
	VirtualList,
} from "../../../src-renderer/components/list/index.ts";
import { dispatchKey } from "../../../src-renderer/ground/keyboard.ts";
import { createSelection } from "../../../src-renderer/ground/selection.ts";
import { fakeDom } from "../dom-fakes.ts";

fakeDom();

interface Task {
	readonly id: string;
	readonly title: string;
}
const column = listColumns<Task>();
const columns = column.columns([
	column.accessor("title", {
		id: "title",
		header: "Title",
		meta: { width: "1fr" },
	}),
	column.accessor("id", {
		id: "id",
		header: "Id",
		meta: { width: "60px", from: 2_000 },
	}),
]);
const idOf = ({ id }: Task) => id;
const tasks = (count: number): Task[] =>
	Array.from({ length: count }, (_, index) => ({
		id: `t${index}`,
		title: `Task ${index}`,
	}));

function open(count: number) {
	const selection = createSelection();
	const onOpen = vi.fn();
	const verb = vi.fn();
	const onSort = vi.fn();
	function Tasks({ rows }: { readonly rows: readonly Task[] }) {
		const list = useList({
			source: useHeldRows(idOf, rows, ""),
			idOf,
			noun: "task",
			selection,
			openId: null,
			open: onOpen,
			close() {},
		});
		return (
			<VirtualList
				list={list}
				label="Tasks"
				columns={columns}
				sort={{ column: "title", descending: false }}
				onSort={onSort}
				nameOf={({ title }) => title}
				verbsOf={({ id }) => [
					{ word: "Finish", keys: "f", run: () => verb(id) },
				]}
				empty={<p>No task</p>}
			/>
		);
	}
	const page = (rows: readonly Task[]) => (
		<MantineProvider env="test">
			<Tasks rows={rows} />
		</MantineProvider>
	);
	const { rerender } = render(page(tasks(count)));
	return {
		selection,
		onOpen,
		verb,
		onSort,
		user: userEvent.setup(),
		show: (rows: readonly Task[]) => rerender(page(rows)),
	};
}

test("of 100,000 rows few are drawn, and all are counted", () => {
	open(100_000);
	const grid = screen.getByRole("grid", { name: "Tasks" });
	expect(grid.ariaRowCount).toBe("100001");
	expect(within(grid).getAllByRole("row").length).toBeLessThan(60);
	expect(
		within(grid)
			.getAllByRole("columnheader")
			.map(({ textContent }) => textContent),
	).toEqual(["Selected", "Title"]);
});

test("a click opens, the box and Shift select, and a verb acts on the row under the pointer", async () => {
	const { user, onOpen, selection, verb } = open(5);
	await user.click(screen.getByText("Task 1"));
	expect(onOpen.mock.calls).toEqual([["t1", false]]);
	await user.click(screen.getByRole("button", { name: "Select Task 1" }));
	await user.keyboard("{Shift>}");
	await user.click(screen.getByText("Task 3"));
	await user.keyboard("{/Shift}");
	expect([...selection.getState().selected]).toEqual(["t1", "t2", "t3"]);
	// The pointer of user-event would leave the row on its way to the button.
	fireEvent.click(screen.getByRole("button", { name: /Finish/ }));
	expect(verb.mock.calls).toEqual([["t3"]]);
	expect(onOpen).toHaveBeenCalledTimes(1);
});

test("keys move the cursor, which has the keyboard, and open what it is on", async () => {
	const { user, onOpen } = open(5);
	addEventListener("keydown", dispatchKey);
	await user.keyboard("jj{End}k{Enter}");
	removeEventListener("keydown", dispatchKey);
	expect(onOpen.mock.calls).toEqual([["t3", false]]);
	const grid = screen.getByRole("grid");
	expect(document.activeElement).toBe(grid);
	const active = grid.getAttribute("aria-activedescendant") ?? "";
	expect(document.getElementById(active)?.textContent).toContain("Task 3");
});

test("rows that come while the pointer is there wait behind the pill", async () => {
	const { user, show } = open(2);
	await user.hover(screen.getByText("Task 0"));
	show([{ id: "new", title: "Task new" }, ...tasks(2)]);
	const pill = await screen.findByRole("button", { name: "1 new" });
	expect(screen.queryByText("Task new")).toBeNull();
	await user.click(pill);
	expect(screen.getByText("Task new")).toBeTruthy();
	expect(screen.queryByRole("button", { name: "1 new" })).toBeNull();
});

test("a head sorts down, then as usual, and says how it is sorted", async () => {
	const { user, onSort } = open(2);
	const head = screen.getByRole("columnheader", { name: "Title" });
	expect(head.ariaSort ?? head.getAttribute("aria-sort")).toBe("ascending");
	await user.click(within(head).getByRole("button"));
	expect(onSort.mock.calls).toEqual([[{ column: "title", descending: true }]]);
});

test("without rows it says why", () => {
	const { show } = open(0);
	expect(screen.getByText("No task")).toBeTruthy();
	act(() => show(tasks(1)));
	expect(screen.getByText("Task 0")).toBeTruthy();
});
