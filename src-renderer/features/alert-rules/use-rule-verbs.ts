import { useRef } from "react";
import type {
	AlertRule,
	ProjectSummary,
} from "../../../src-shared/contract/index.ts";
import { doWithUndo, showFault } from "../../components/undo-toast.tsx";
import { announce } from "../../ground/announcer.tsx";
import { faultWords } from "../../ground/faults.ts";
import { useEngine } from "../../state/engine-context.tsx";
import { movedBy, settingsOf } from "./rule-draft.ts";

export interface RuleVerbs {
	/** Asks a rule earlier (below 0) or later. */
	move(rule: AlertRule, by: number): void;
	/** The default becomes what it was at first. */
	remove(rule: AlertRule): void;
	setEnabled(rule: AlertRule, isEnabled: boolean): void;
}

/** What can be done with a rule of a list, each of it to be taken back. `onChanged` is called after each. */
export function useRuleVerbs(
	project: ProjectSummary,
	rules: readonly AlertRule[],
	onChanged: () => void,
): RuleVerbs {
	const { alertRules } = useEngine();
	const projectId = project.id;
	const own = rules.filter(({ isDefault }) => !isDefault).map(({ id }) => id);
	/** Keys repeat faster than the engine answers: a move waits for the one before. */
	const isMoving = useRef(false);

	async function move({ id, name }: AlertRule, by: number): Promise<void> {
		const ids = movedBy(own, id, by);
		if (ids === null || isMoving.current) return;
		isMoving.current = true;
		try {
			await alertRules.reorder({ projectId, ids });
			announce(`${name} is now asked as number ${ids.indexOf(id) + 1}`);
		} catch (error) {
			showFault(`“${name}” was not moved. ${faultWords(error)}`);
		} finally {
			isMoving.current = false;
			onChanged();
		}
	}

	async function bringBack(rule: AlertRule): Promise<void> {
		const settings = settingsOf(rule);
		if (rule.isDefault) {
			await alertRules.update({ ...settings, projectId, id: rule.id });
			return;
		}
		const made = await alertRules.create({ ...settings, projectId });
		await alertRules.reorder({
			projectId,
			ids: own.map((id) => (id === rule.id ? made.id : id)),
		});
	}

	return {
		move: (rule, by) => void move(rule, by),
		remove(rule) {
			const done = rule.isDefault ? "is as it was at first" : "was removed";
			void doWithUndo({
				done: `“${rule.name}” ${done}`,
				notDone: `“${rule.name}” was not changed`,
				act: () =>
					alertRules.remove({ projectId, id: rule.id }).finally(onChanged),
				undo: () => bringBack(rule).finally(onChanged),
			});
		},
		setEnabled({ id, name }, isEnabled) {
			const set = (to: boolean) =>
				alertRules.update({ projectId, id, isEnabled: to }).finally(onChanged);
			void doWithUndo({
				done: `“${name}” is turned ${isEnabled ? "on" : "off"}`,
				notDone: `“${name}” was not changed`,
				act: () => set(isEnabled),
				undo: () => set(!isEnabled),
			});
		},
	};
}
