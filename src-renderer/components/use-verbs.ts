import { useState } from "react";
import { faultWords } from "../ground/faults.ts";

/** What a form or a row does, one thing at a time. */
export interface Verbs<Id extends string> {
	/** Which verb is under way; its button waits. */
	readonly busy: Id | null;
	/** Why the last one was not done. */
	readonly fault: string | null;
	setFault(fault: string | null): void;
	/**
	 * Does `work`, unless something is under way, and keeps `notDone` with the reason when it
	 * fails. Answers whether it was done; never rejects.
	 */
	run(id: Id, notDone: string, work: () => Promise<unknown>): Promise<boolean>;
}

/** Verbs by their ids: what is busy, and what failed. */
export function useVerbs<Id extends string>(): Verbs<Id> {
	const [busy, setBusy] = useState<Id | null>(null);
	const [fault, setFault] = useState<string | null>(null);
	return {
		busy,
		fault,
		setFault,
		async run(id, notDone, work) {
			if (busy !== null) return false;
			setBusy(id);
			setFault(null);
			try {
				await work();
				return true;
			} catch (error) {
				setFault(`${notDone}. ${faultWords(error)}`);
				return false;
			} finally {
				setBusy(null);
			}
		},
	};
}
