import type { GuardedContents } from "../electron-parts.ts";

/** Never lets a page open a window; hands the address it wanted to `offer`, which asks a person. */
export function preventNewWindows(
	contents: GuardedContents,
	offer: (address: string) => void,
): void {
	contents.setWindowOpenHandler(({ url }) => {
		offer(url);
		return { action: "deny" };
	});
}
