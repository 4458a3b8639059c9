import { Button } from "@mantine/core";
import { useWorkspace } from "../../state/engine-context.tsx";
import { signOut } from "../../transport/browser-session.ts";

/** Ends this browser's session; the page then asks to sign in. */
export function SignOut() {
	const { connection } = useWorkspace();
	return (
		<Button
			variant="default"
			size="compact-xs"
			onClick={() => void signOut().then(() => connection.drop())}
		>
			Sign out
		</Button>
	);
}
