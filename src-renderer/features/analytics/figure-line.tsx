import type { ReactNode } from "react";
import classes from "./analytics.module.css";

/** Large figures in a line, each with what it means. */
export function FigureLine(props: { readonly children: ReactNode }) {
	return <dl className={classes.figures}>{props.children}</dl>;
}

export function Figure(props: {
	readonly name: string;
	readonly value: string;
	readonly detail: string;
}) {
	return (
		<div className={classes.figure}>
			<dt>{props.name}</dt>
			<dd>
				<span className={classes.large}>{props.value}</span>
				<span className={classes.detail}>{props.detail}</span>
			</dd>
		</div>
	);
}
