import {
	IconChevronRight,
	IconCircleMinus,
	IconCirclePlus,
} from "@tabler/icons-react";
import { useState } from "react";
import type { HypothesisEvidence } from "../../../src-shared/contract/index.ts";
import { RelativeTime } from "../../components/relative-time.tsx";
import { inertText } from "../../ground/inert-text.ts";
import { ChangeDialog } from "./change-dialog.tsx";
import { evidenceSource } from "./evidence-source.ts";
import classes from "./hypotheses.module.css";
import { oddsWords } from "./hypothesis-words.ts";

/** What speaks for or against a hypothesis, each item opening the record it comes from. */
export function EvidenceList(props: {
	readonly side: "for" | "against";
	readonly items: readonly HypothesisEvidence[];
	readonly modelId: string | null;
}) {
	const { side, items } = props;
	const Icon = side === "for" ? IconCirclePlus : IconCircleMinus;
	const title = side === "for" ? "For it" : "Against it";
	return (
		<section className={classes.side} aria-label={title}>
			<h4>
				<Icon size={14} stroke={1.75} aria-hidden="true" />
				{title}
				<span className="faint">{items.length}</span>
			</h4>
			{items.length === 0 ? (
				<p className="dim">Nothing on record speaks against it.</p>
			) : (
				<ul className={classes.evidence}>
					{items.map((item) => (
						<li key={`${item.record.kind} ${item.record.id} ${item.text}`}>
							<Item item={item} side={side} modelId={props.modelId} />
						</li>
					))}
				</ul>
			)}
		</section>
	);
}

function Item(props: {
	readonly item: HypothesisEvidence;
	readonly side: "for" | "against";
	readonly modelId: string | null;
}) {
	const { item, side } = props;
	const source = evidenceSource(item.record, props.modelId);
	const odds = oddsWords(item.weight, side);
	const [isOpen, setOpen] = useState(false);
	const isChange = item.record.kind === "change";
	const content = (
		<>
			<bdi className={classes.fact}>{inertText(item.text)}</bdi>
			<span className={classes.source}>
				{source.word}, <RelativeTime at={item.at} ago />
			</span>
			<span
				className={classes.odds}
				title={`The odds of this cause are ${odds.slice(2)} times ${side === "for" ? "higher" : "lower"} with it`}
			>
				<span className="visually-hidden">Odds </span>
				{odds}
			</span>
			{(source.href !== null || isChange) && (
				<IconChevronRight
					className={classes.opens}
					size={14}
					aria-hidden="true"
				/>
			)}
		</>
	);
	if (isChange) {
		return (
			<>
				<button
					type="button"
					className={classes.item}
					aria-haspopup="dialog"
					onClick={() => setOpen(true)}
				>
					{content}
				</button>
				<ChangeDialog
					id={item.record.id}
					isOpen={isOpen}
					onClose={() => setOpen(false)}
				/>
			</>
		);
	}
	return source.href === null ? (
		<div className={classes.item}>{content}</div>
	) : (
		<a className={classes.item} href={source.href}>
			{content}
		</a>
	);
}
