import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";

/** A small contract with every kind of traffic the real one has: calls, coded errors, live events. */
export const pageContract = {
	echo: oc
		.input(z.object({ text: z.string(), at: z.date() }))
		.output(z.object({ text: z.string(), at: z.date() })),
	refuse: oc.errors({ NOT_FOUND: { message: "No such incident." } }),
	ticks: oc.output(eventIterator(z.object({ tick: z.number() }))),
};

/** What the test's page lets itself be asked for, on `window.page`. */
export interface DesktopPage {
	readonly incidents: readonly string[];
	/** Starts to collect incidents asked for. */
	listen(): void;
	pathOf(): string;
	/** Connects with the interface's own transport and uses every kind of traffic. */
	talk(): Promise<{
		text: string;
		time: number;
		error: string | null;
		ticks: number[];
	}>;
	/** Connects and answers why the channel ended. */
	outlive(): Promise<string>;
}
