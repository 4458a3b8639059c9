// @vitest-environment jsdom
// One verb is under way at a time: its id says whose button waits, a second one is not begun,
// and what failed says why until the next one begins.
import { act, renderHook } from "@testing-library/react";
import { expect, test } from "vitest";
import { useVerbs } from "../../../src-renderer/components/use-verbs.ts";
import { EngineOfflineError } from "../../../src-renderer/ground/faults.ts";

test("one verb is under way at a time, by its id", async () => {
	const { result } = renderHook(() => useVerbs<"save" | "test">());
	const work = Promise.withResolvers<void>();
	let outcome: Promise<boolean> | undefined;
	act(() => {
		outcome = result.current.run("save", "Not saved", () => work.promise);
	});
	expect(result.current.busy).toBe("save");
	let begun = false;
	await act(async () => {
		const answer = await result.current.run("test", "Not tested", async () => {
			begun = true;
		});
		expect(answer).toBe(false);
	});
	expect(begun).toBe(false);
	expect(result.current.busy).toBe("save");
	await act(async () => {
		work.resolve();
		expect(await outcome).toBe(true);
	});
	expect(result.current).toMatchObject({ busy: null, fault: null });
});

test("what failed says why until the next verb begins", async () => {
	const { result } = renderHook(() => useVerbs<"save">());
	await act(async () => {
		const done = await result.current.run("save", "It was not saved", () =>
			Promise.reject(new EngineOfflineError()),
		);
		expect(done).toBe(false);
	});
	expect(result.current).toMatchObject({
		busy: null,
		fault: `It was not saved. ${new EngineOfflineError().message}`,
	});
	await act(async () => {
		await result.current.run("save", "It was not saved", async () => {});
	});
	expect(result.current.fault).toBeNull();
});
