/** Tokens of Entra ID for programs of people, by MSAL; what the refusals of Entra ID mean. */
@Version("1.0.0")
@NonNullByDefault
package org.holdfast.azure.signin;

import org.eclipse.jdt.annotation.NonNullByDefault;
import org.osgi.annotation.versioning.Version;
