/** The application: workbench advisors, perspectives and branding. */
package org.holdfast.console.app;
