/** Waits until `check` holds, looking again every few milliseconds; rejects after 10 s, saying what was waited for. */
export async function until(what: string, check: () => boolean): Promise<void> {
	const end = Date.now() + 10_000;
	while (!check()) {
		if (Date.now() > end) throw new Error(`Waited 10 s in vain for: ${what}`);
		await new Promise((resolve) => setTimeout(resolve, 2));
	}
}
