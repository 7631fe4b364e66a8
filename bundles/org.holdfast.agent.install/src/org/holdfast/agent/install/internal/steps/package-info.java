/** What is done with one host, step by step; the scripts that run there lie beside the classes. */
@NonNullByDefault
package org.holdfast.agent.install.internal.steps;

import org.eclipse.jdt.annotation.NonNullByDefault;
