import type { ReactNode } from "react";
import type { AlertDetail } from "../../../src-shared/contract/index.ts";
import {
	AbsoluteTime,
	LiveDuration,
	RelativeTime,
} from "../../components/relative-time.tsx";
import { placeHash } from "../../ground/router.ts";
import classes from "./alert-detail.module.css";
import { isSnoozed } from "./alert-filter.ts";
import { sourceName } from "./alert-words.ts";

/** The facts of an alert that are not its source's own words. */
export function AlertFacts({ alert }: { readonly alert: AlertDetail }) {
	return (
		<dl className={classes.facts}>
			<Fact name="Began">
				<AbsoluteTime at={alert.startsAt} />
				<span className="dim">
					<LiveDuration from={alert.startsAt} to={alert.endsAt} />
					{alert.endsAt === null && " so far"}
				</span>
			</Fact>
			{alert.endsAt !== null && (
				<Fact name="Ended">
					<AbsoluteTime at={alert.endsAt} />
				</Fact>
			)}
			<Fact name="Service">
				{alert.service === null ? (
					<span className="faint">The source names none</span>
				) : (
					<bdi>{alert.service}</bdi>
				)}
			</Fact>
			<Fact name="Source">
				<a href={placeHash(["settings", "integrations", alert.integrationId])}>
					<bdi>{alert.integrationName}</bdi>
				</a>
				<span className="dim">{sourceName(alert.source)}</span>
			</Fact>
			<Fact name="Told of">
				<span className="tabular">
					{alert.times === 1
						? "once"
						: `${alert.times.toLocaleString("en")} times`}
				</span>
				<span className="dim">
					last <RelativeTime at={alert.lastSeenAt} ago />
				</span>
			</Fact>
			{alert.severityWord !== null && (
				<Fact name="Its own severity">
					<bdi>{alert.severityWord}</bdi>
				</Fact>
			)}
			{isSnoozed(alert, Date.now()) && alert.snoozedUntil !== null && (
				<Fact name="Snoozed until">
					<AbsoluteTime at={alert.snoozedUntil} />
				</Fact>
			)}
			{alert.duplicateOfId !== null && (
				<Fact name="Repeats">
					<a href={placeHash(["alerts", alert.duplicateOfId], { view: "all" })}>
						another alert
					</a>
				</Fact>
			)}
			{alert.suppressedBy !== null && (
				<Fact name="Kept quiet by">
					<bdi>{alert.suppressedBy}</bdi>
				</Fact>
			)}
			{alert.isBackfilled && (
				<Fact name="Backfilled">
					Rebuilt from the source's own history after Tocsin was away
				</Fact>
			)}
			{alert.groupKey !== null && (
				<Fact name="Group">
					<bdi className={classes.code}>{alert.groupKey}</bdi>
				</Fact>
			)}
			<Fact name="Fingerprint">
				<bdi className={classes.code}>{alert.fingerprint}</bdi>
			</Fact>
		</dl>
	);
}

function Fact(props: { readonly name: string; readonly children: ReactNode }) {
	return (
		<div className={classes.fact}>
			<dt>{props.name}</dt>
			<dd>{props.children}</dd>
		</div>
	);
}
