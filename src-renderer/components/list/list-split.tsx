import { useMediaQuery } from "@mantine/hooks";
import type { ReactNode } from "react";
import { PaneBoundary } from "../../components/error-boundary.tsx";
import classes from "./list-split.module.css";

/** From this width on what is open stands beside the list; below it covers the list. */
const wideFrom = "(min-width: 1200px)";

/** A list with its tools and foot, and the row that is open beside it. */
export function ListSplit(props: {
	/** Such as `Incidents`. */
	readonly label: string;
	/** What one of them is called, such as `Incident`. */
	readonly one: string;
	readonly openId: string | null;
	/** Drawn while a row is open. */
	pane(id: string): ReactNode;
	readonly children: ReactNode;
}) {
	const { openId, one } = props;
	const isWide = useMediaQuery(wideFrom) ?? true;
	return (
		<div className={classes.split} data-open={openId !== null || undefined}>
			<section
				className={classes.list}
				aria-label={props.label}
				inert={openId !== null && !isWide}
			>
				{props.children}
			</section>
			{openId !== null && (
				<section className={classes.detail} aria-label={one}>
					<PaneBoundary key={openId} name={`The ${one.toLowerCase()}`}>
						{props.pane(openId)}
					</PaneBoundary>
				</section>
			)}
		</div>
	);
}
