-- Room: office/document, the files whose text could not be read stand before the clerk.

CREATE INDEX document_file_unread ON document_file (agency, added_at) WHERE text = 'failed';
