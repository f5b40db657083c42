package io.autonomos.operators.source.files;

import io.autonomos.mappings.scan.Pages;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Queue;

/** The records of pages. What is no page is handed on as it is. */
final class PageReader implements RecordReader {

    private final RecordReader pages;
    private final Pages finder;
    private final Queue<FileRecord> waiting = new ArrayDeque<>();

    private String stream = "";

    PageReader(RecordReader pages, int maxPageSize) {
        this.pages = pages;
        this.finder = new Pages(maxPageSize);
    }

    @Override
    public void ofStream(String name) {
        stream = name;
    }

    @Override
    public FileRecord next() throws IOException {
        while (waiting.isEmpty()) {
            FileRecord page = pages.next();
            if (page == null) {
                return null;
            }
            Pages.Found found = page.fault() == null ? finder.find(page.json(), stream) : null;
            if (found == null) {
                return page;
            }
            for (byte[] record : found.records()) {
                waiting.add(new FileRecord(page.line(), record, null, null, page.next()));
            }
        }
        return waiting.remove();
    }

    @Override
    public void close() throws IOException {
        pages.close();
    }
}
