import type { ReactNode } from "react";
import classes from "./section.module.css";

/** A titled group of settings. */
export function Section(props: {
	readonly title: string;
	readonly children: ReactNode;
}) {
	return (
		<section className={classes.section}>
			<h2>{props.title}</h2>
			{props.children}
		</section>
	);
}

/** One named value of a section. */
export function Line(props: {
	readonly name: string;
	readonly children: ReactNode;
}) {
	return (
		<div className={classes.line}>
			<span className="dim">{props.name}</span>
			<span className={classes.value}>{props.children}</span>
		</div>
	);
}

/** Why nothing can be shown or changed. */
export function Fault(props: { readonly children: ReactNode }) {
	return (
		<p className={classes.fault} role="alert">
			{props.children}
		</p>
	);
}

/** Lines of the height of a table's rows, while its answer is on its way. */
export function WaitingRows(props: {
	readonly rows: number;
	/** The table has a head. */
	readonly hasHead?: boolean;
}) {
	return (
		<div role="status" aria-label="Loading">
			{props.hasHead === true && <div className={classes.waitingHead} />}
			{Array.from({ length: props.rows }, (_, row) => (
				<div
					// biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike
					key={row}
					className={classes.waiting}
					aria-hidden="true"
				/>
			))}
		</div>
	);
}
