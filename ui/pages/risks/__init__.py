"""The room of what may go wrong or well: risks, opportunities, feedback and enquiries."""
