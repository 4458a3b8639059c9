import { SegmentedControl, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Zone } from "../../ground/preferences.ts";
import { navigate } from "../../ground/router.ts";
import classes from "./analytics.module.css";
import {
	boundsOf,
	type ChosenRange,
	dayName,
	rangeFault,
	rangeQuery,
	spans,
} from "./analytics-range.ts";

/** The last 7, 30 or 90 days, or days by name; kept in the address. */
export function RangeChoice(props: {
	readonly range: ChosenRange;
	readonly zone: Zone;
}) {
	const { range, zone } = props;
	const bounds = boundsOf(range, zone, Date.now());
	const isCustom = range.kind === "days";
	const shown = isCustom
		? { first: range.first, last: range.last }
		: {
				first: dayName(bounds.from, zone),
				last: dayName(bounds.to - 1, zone),
			};
	return (
		<div className={classes.range}>
			{isCustom && <Days key={`${shown.first} ${shown.last}`} {...shown} />}
			<SegmentedControl
				aria-label="Days that are shown"
				value={isCustom ? "days" : String(range.days)}
				data={[
					...spans.map((days) => ({
						value: String(days),
						label: `${days} days`,
					})),
					{ value: "days", label: "Custom" },
				]}
				onChange={(value) =>
					go(
						value === "days"
							? { kind: "days", ...shown }
							: { kind: "last", days: Number(value) },
					)
				}
			/>
		</div>
	);
}

function Days(props: { readonly first: string; readonly last: string }) {
	const [first, setFirst] = useState(props.first);
	const [last, setLast] = useState(props.last);
	const fault = rangeFault(first, last);
	function change(from: string, to: string): void {
		setFirst(from);
		setLast(to);
		if (rangeFault(from, to) === null) {
			go({ kind: "days", first: from, last: to });
		}
	}
	return (
		<>
			{fault !== null && (
				<span className={classes.rangeFault} role="alert">
					{fault}
				</span>
			)}
			<TextInput
				type="date"
				aria-label="First day"
				value={first}
				max={last}
				onChange={(event) => change(event.currentTarget.value, last)}
			/>
			<span className="dim">to</span>
			<TextInput
				type="date"
				aria-label="Last day"
				value={last}
				min={first}
				onChange={(event) => change(first, event.currentTarget.value)}
			/>
		</>
	);
}

function go(range: ChosenRange): void {
	navigate(["analytics"], rangeQuery(range), { replace: true });
}
