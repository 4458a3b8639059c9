import type {
	AlertDetail,
	AlertEvent,
} from "../../../src-shared/contract/index.ts";
import { CodeBlock } from "../../components/code-block.tsx";
import { AbsoluteTime } from "../../components/relative-time.tsx";
import { safeLink } from "../../ground/safe-link.ts";
import classes from "./alert-detail.module.css";
import { eventWord } from "./alert-words.ts";

/** Labels, annotations, what happened and what the source sent; all of it is text and nothing else. */
export function AlertRecord({ alert }: { readonly alert: AlertDetail }) {
	return (
		<>
			<Pairs
				title="Labels"
				pairs={alert.labels}
				none="The source sent no labels."
			/>
			<Pairs title="Annotations" pairs={alert.annotations} none={null} />
			<section className={classes.part}>
				<h3>What happened</h3>
				<ol className={classes.events}>
					{alert.events.map((event, index) => (
						// biome-ignore lint/suspicious/noArrayIndexKey: events are only ever added at the end
						<li key={index}>
							<AbsoluteTime at={event.at} />
							<span>
								{eventWord(event)}
								{event.by !== null && (
									<>
										{" by "}
										<bdi>{event.by}</bdi>
									</>
								)}
								<Details event={event} />
							</span>
						</li>
					))}
				</ol>
			</section>
			<section className={classes.part}>
				<h3>What the source sent</h3>
				{alert.raw === null ? (
					<p className="dim">
						It was too long to keep: what Tocsin read of it stands above.
					</p>
				) : (
					<CodeBlock
						label="What the source sent"
						head="As JSON, as it came first"
						text={pretty(alert.raw)}
						copied={alert.raw}
						copyLabel="Copy what the source sent"
					/>
				)}
			</section>
		</>
	);
}

function Details({ event }: { readonly event: AlertEvent }) {
	const { until, snoozed_until, suppressedBy } = event.detail;
	const quiet = typeof suppressedBy === "string" ? suppressedBy : null;
	const at = [until, snoozed_until].find((each) => typeof each === "number");
	return (
		<>
			{typeof at === "number" && (
				<>
					{" until "}
					<AbsoluteTime at={at} />
				</>
			)}
			{quiet !== null && (
				<>
					{": "}
					<bdi>{quiet}</bdi>
				</>
			)}
		</>
	);
}

function Pairs(props: {
	readonly title: string;
	readonly pairs: Readonly<Record<string, string>>;
	/** Said when there are none; null leaves the part out. */
	readonly none: string | null;
}) {
	const pairs = Object.entries(props.pairs);
	if (pairs.length === 0 && props.none === null) return null;
	return (
		<section className={classes.part}>
			<h3>{props.title}</h3>
			{pairs.length === 0 ? (
				<p className="dim">{props.none}</p>
			) : (
				<table className={classes.pairs}>
					<tbody>
						{pairs.map(([name, value]) => (
							<tr key={name}>
								<th scope="row">
									<bdi>{name}</bdi>
								</th>
								<td>
									<Value text={value} />
								</td>
							</tr>
						))}
					</tbody>
				</table>
			)}
		</section>
	);
}

/** A value; where all of it is an address that may be opened, a link that shows the whole address. */
function Value({ text }: { readonly text: string }) {
	const link = safeLink(text);
	return link === null ? (
		<bdi>{text}</bdi>
	) : (
		<a href={link} target="_blank" rel="noopener noreferrer">
			<bdi>{text}</bdi>
		</a>
	);
}

function pretty(raw: string): string {
	try {
		return JSON.stringify(JSON.parse(raw), null, 2);
	} catch {
		return raw;
	}
}
