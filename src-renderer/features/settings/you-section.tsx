import { Line, Section, WaitingRows } from "../../components/section.tsx";
import { roleWords } from "../../state/role-words.ts";
import { useMembers, useSession } from "../../state/use-tenant.ts";
import { desktopBridge } from "../../transport/desktop-bridge.ts";
import { OwnPassword } from "./own-password.tsx";
import { SignOut } from "./sign-out.tsx";

/** Who is signed in, and their password. */
export function YouSection() {
	const session = useSession();
	const members = useMembers();
	const own = members.value?.find(({ id }) => id === session?.user.id) ?? null;
	if (session === null) {
		return (
			<Section title="You">
				<WaitingRows rows={4} />
			</Section>
		);
	}
	const isDesktop = desktopBridge() !== undefined;
	return (
		<>
			<Section title="You">
				<Line name="Name">{session.user.name}</Line>
				<Line name="Email">{session.user.email}</Line>
				<Line name="Role">
					<span>
						{roleWords[session.role].name} of {session.tenant.name}.{" "}
						<span className="dim">{roleWords[session.role].may}</span>
					</span>
				</Line>
				<Line name="Signed in">
					{isDesktop ? (
						"This window acts as the owner of this machine and does not sign in."
					) : (
						<>
							In this browser <SignOut />
						</>
					)}
				</Line>
			</Section>
			<Section title="Password">
				<OwnPassword
					session={session}
					hasPassword={own?.canSignIn ?? true}
					isDesktop={isDesktop}
					onChanged={members.reload}
				/>
			</Section>
		</>
	);
}
