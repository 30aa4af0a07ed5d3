"""The demonstration (bản trình diễn): a synthetic cast and the public record, loaded through actions."""
