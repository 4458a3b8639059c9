import type { Playbook } from "../../../src-shared/contract/index.ts";
import {
	downtimeWords,
	estimateWords,
	reversibleWords,
} from "./action-words.ts";
import { ApprovalRule } from "./approval-rule.tsx";
import { ChecklistIcon, RiskMark } from "./marks.tsx";
import classes from "./playbook-card.module.css";

/** What a playbook is and what it can do to whom, before anything is filled in. */
export function PlaybookCard(props: { readonly playbook: Playbook }) {
	const { playbook } = props;
	const { risk } = playbook;
	return (
		<header className={classes.card}>
			<h3 className={classes.name}>
				<bdi>{playbook.name}</bdi>
			</h3>
			<p className={classes.description}>{playbook.description}</p>
			{playbook.kind === "checklist" ? (
				<p className={classes.line}>
					<span className={classes.checklist}>
						<ChecklistIcon />
						Checklist: nothing runs, people do it
					</span>
				</p>
			) : (
				<ul className={classes.facts}>
					<li>
						<RiskMark level={risk.level} />
					</li>
					<li>
						Affects{" "}
						{risk.affectedSystems.length === 0
							? "nothing that it names"
							: risk.affectedSystems.join(", ")}
					</li>
					<li>
						{reversibleWords(risk)}, {downtimeWords(risk)}
					</li>
					<li>
						<ApprovalRule playbook={playbook} />
					</li>
					<li>{estimateWords(playbook)}.</li>
				</ul>
			)}
		</header>
	);
}
