/** From passphrase to keys, authenticated encryption, content ids and signatures; no input or output. */
package org.holdfast.crypto;
