"""The workbook a customer fills in: made from a customer document, read and compared again."""
