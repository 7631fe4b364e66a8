package org.holdfast.format;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a directory entry says of the directory: totals of all below it, and its pages.
 *
 * @param files entries below that are not directories, at any depth
 * @param directories directories below, at any depth
 * @param bytes sum of the sizes of files below
 * @param pages the pages in order of names
 */
public record DirectoryBody(long files, long directories, long bytes, List<PageRef> pages) {
    /** An empty directory. */
    public static final DirectoryBody EMPTY = new DirectoryBody(0, 0, 0, List.of());

    /**
     * A page of a directory.
     *
     * @param id content id of the page
     * @param entries number of entries in it
     * @param firstName name of its first entry
     */
    public record PageRef(byte[] id, int entries, byte[] firstName) {
        @Override
        public boolean equals(Object o) {
            return o instanceof PageRef p && entries == p.entries && Arrays.equals(id, p.id)
                    && Arrays.equals(firstName, p.firstName);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(id);
        }
    }

    /** Number of entries directly in the directory. */
    public int entries() {
        return pages.stream().mapToInt(PageRef::entries).sum();
    }

    /**
     * Checks that a page is the one this directory means: that it has as many entries as said, begins with the name
     * said and ends before the next page begins. So names rise over all pages, and none is there twice.
     *
     * @param number which of {@link #pages} it is
     * @throws FormatException when it is not
     */
    public void check(int number, Page page) {
        PageRef ref = pages.get(number);
        boolean begins = number == 0 || page.compareName(0, ref.firstName(), 0, ref.firstName().length) == 0;
        byte[] next = number + 1 < pages.size() ? pages.get(number + 1).firstName() : null;
        boolean ends = next == null || page.compareName(page.count - 1, next, 0, next.length) < 0;
        if (page.count != ref.entries() || !begins || !ends) {
            throw new FormatException("The directory page is damaged: it does not fit into its directory.");
        }
    }

    /** As content of an entry. */
    public Content toContent() {
        var out = new ByteWriter(32).u8(Body.DIRECTORY).varint(files).varint(directories).varint(bytes)
                .varint(pages.size());
        var refs = new byte[pages.size() * Id.SIZE];
        for (int i = 0; i < pages.size(); i++) {
            PageRef page = pages.get(i);
            out.varint(page.entries());
            if (i > 0) {
                out.string(page.firstName());
            }
            System.arraycopy(page.id(), 0, refs, i * Id.SIZE, Id.SIZE);
        }
        return new Content(out.toByteArray(), refs);
    }

    /**
     * Reads the body of a directory entry.
     *
     * @param in positioned behind the body's first byte
     * @param refs array with the references
     * @param refOffset byte offset of the first one
     * @param refCount number of references
     */
    public static DirectoryBody parse(ByteReader in, byte[] refs, int refOffset, int refCount) {
        long files = in.varint();
        long directories = in.varint();
        long bytes = in.varint();
        if (files < 0 || directories < 0 || bytes < 0) {
            throw in.damaged("the totals of a directory are impossible");
        }
        int n = in.count(1, "pages of a directory");
        if (n != refCount) {
            throw in.damaged("a directory has " + n + " pages but " + refCount + " references");
        }
        var pages = new ArrayList<PageRef>(n);
        for (int i = 0; i < n; i++) {
            int entries = in.varint(1, Page.MAX_ENTRIES, "the number of entries of a page");
            byte[] first = i == 0 ? new byte[0] : in.string(Page.MAX_NAME, "a name");
            if (i > 0 && Arrays.compareUnsigned(first, pages.get(i - 1).firstName()) <= 0) {
                throw in.damaged("the pages of a directory are not in order");
            }
            int at = refOffset + i * Id.SIZE;
            pages.add(new PageRef(Arrays.copyOfRange(refs, at, at + Id.SIZE), entries, first));
        }
        return new DirectoryBody(files, directories, bytes, pages);
    }
}
