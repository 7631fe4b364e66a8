/** What the jobs of the engine share. */
package org.holdfast.engine.internal;
