import type { ReactNode } from "react";
import classes from "./empty-state.module.css";

/** Says why a pane is empty and what would fill it. */
export function EmptyState(props: {
	readonly icon?: ReactNode;
	readonly title: string;
	readonly text: ReactNode;
	readonly action?: ReactNode;
}) {
	return (
		<div className={classes.state}>
			{props.icon !== undefined && (
				<div className={classes.icon} aria-hidden="true">
					{props.icon}
				</div>
			)}
			<h2 className={classes.title}>{props.title}</h2>
			<div className={classes.text}>{props.text}</div>
			{props.action !== undefined && (
				<div className={classes.action}>{props.action}</div>
			)}
		</div>
	);
}
